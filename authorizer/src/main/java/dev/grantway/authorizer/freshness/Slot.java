package dev.grantway.authorizer.freshness;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.store.Bundle;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyReader;

/** What one bundle answers. */
sealed interface Slot {
  Bundle<?> read(PolicyReader reader, Head at);

  /** An API and its routes. */
  record OfApi(ApiId api) implements Slot {
    @Override
    public Bundle<?> read(PolicyReader reader, Head at) {
      return reader.api(api, at);
    }
  }

  /** A role's permissions on an API, and its closure. */
  record OfRole(RoleName role, ApiId api) implements Slot {
    @Override
    public Bundle<?> read(PolicyReader reader, Head at) {
      return reader.slice(role, api, at);
    }
  }

  /** The assignments to a subject. */
  record OfSubject(String issuer, String subject) implements Slot {
    @Override
    public Bundle<?> read(PolicyReader reader, Head at) {
      return Kept.only(subject, reader.subjects(issuer, subject, at));
    }

    @Override
    public String toString() {
      return "assignments of a subject of " + issuer;
    }
  }

  /** The assignments to clients. */
  record OfClients(String issuer) implements Slot {
    @Override
    public Bundle<?> read(PolicyReader reader, Head at) {
      return reader.clients(issuer, at);
    }
  }

  /** The assignments to groups. */
  record OfGroups(String issuer) implements Slot {
    @Override
    public Bundle<?> read(PolicyReader reader, Head at) {
      return reader.groups(issuer, at);
    }
  }
}
