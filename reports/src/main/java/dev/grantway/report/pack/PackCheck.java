package dev.grantway.report.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.AuditLine;
import dev.grantway.audit.AuditLines;
import dev.grantway.audit.AuditReport;
import dev.grantway.audit.Fault;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.audit.Verification;
import dev.grantway.policy.Policy;
import dev.grantway.report.GrantFilter;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RowKey;
import dev.grantway.store.MembershipList;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks an evidence pack from itself alone: what is in it, the chains, the policy data against the
 * changes, and every grant row against the policy data. Nothing is unpacked to the disk, and
 * nothing beyond what the manifest says of its length.
 */
public final class PackCheck {
  /** Of all parts together, unpacked. */
  private static final long MOST_BYTES = 16L << 30;

  /** Of what is held in memory. */
  private static final long MOST_HELD = 1L << 30;

  private static final int MOST_OF_THE_MANIFEST = 1 << 20;
  private static final int SHOWN = 20;
  private static final String PACK = "the pack";

  private final Path file;
  private final Verification verification;
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();
  private final List<String> unproved = new ArrayList<>();
  private final LoggedImports imports = new LoggedImports();
  private Optional<MembershipList> memberships = Optional.empty();
  private boolean hasAudit;

  /**
   * A check.
   *
   * @param trusted the public keys that may sign checkpoints; empty: any that comes with them
   * @param outside copies of checkpoints that were kept outside
   */
  public PackCheck(Path file, Set<String> trusted, Collection<SignedCheckpoint> outside) {
    this.file = file;
    this.verification = new Verification(trusted, outside);
  }

  /** Whether a file begins as zips do. */
  public static boolean isPack(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] begin = in.readNBytes(2);
      return begin.length == 2 && begin[0] == 'P' && begin[1] == 'K';
    }
  }

  /** Reads what a part says; what it refuses is an {@link IllegalArgumentException}. */
  private interface Reading {
    void of(InputStream in) throws IOException;
  }

  /** The open pack, and what its manifest says. */
  private record Pack(ZipFile zip, PackManifest manifest) {
    Optional<PackManifest.Part> part(PackPart part) {
      return manifest.parts().stream().filter(it -> it.file().equals(part.file())).findFirst();
    }
  }

  /** Everything that was found; to be asked once. */
  public AuditReport report() throws IOException {
    try (var zip = new ZipFile(file.toFile(), UTF_8)) {
      if (names(zip)) {
        Optional<PackManifest> manifest = manifest(zip);
        if (manifest.isPresent() && members(zip, manifest.get()) && lengths(manifest.get())) {
          parts(new Pack(zip, manifest.get()));
          asItLies(manifest.get());
        }
      }
    } catch (ZipException | EOFException | IllegalArgumentException damaged) {
      fault(PACK, "was cut off or damaged: " + damaged.getMessage());
    }
    return merged();
  }

  private void fault(String record, String why) {
    faults.add(new Fault(record, why));
  }

  private static List<String> expected(GrantFilter.By by) {
    return Stream.concat(PackPart.of(by).stream().map(PackPart::file), Stream.of(PackPart.MANIFEST))
        .toList();
  }

  /** Whether the pack holds what packs do, each once. */
  private boolean names(ZipFile zip) {
    // Which of both it has to be is for the manifest to say, which is not read yet.
    List<String> names =
        zip.stream().map(ZipEntry::getName).limit(PackPart.values().length + SHOWN).toList();
    List<String> expected =
        expected(
            names.contains(PackPart.MEMBERS.file())
                ? GrantFilter.By.PRINCIPAL
                : GrantFilter.By.ROLE);
    for (String name : expected) {
      long count = names.stream().filter(name::equals).count();
      if (count == 0) {
        fault(name, "is missing from the pack");
      } else if (count > 1) {
        fault(name, "is in the pack " + count + " times");
      }
    }
    names.stream()
        .filter(name -> !expected.contains(name))
        .limit(SHOWN)
        .forEach(name -> fault(shown(name), "was added: no pack holds it"));
    if (faults.isEmpty() && !names.equals(expected)) {
      fault(PACK, "its parts are out of order: " + String.join(", ", names));
    }
    return names.stream().filter(PackPart.MANIFEST::equals).count() == 1
        && Set.copyOf(names).size() == names.size();
  }

  private static String shown(String name) {
    return "`" + name.replaceAll("[^ -~]", "?") + "`";
  }

  private Optional<PackManifest> manifest(ZipFile zip) {
    try (InputStream in = zip.getInputStream(zip.getEntry(PackPart.MANIFEST))) {
      byte[] bytes = in.readNBytes(MOST_OF_THE_MANIFEST);
      return Optional.of(PackManifest.read(bytes));
    } catch (IOException | IllegalArgumentException damaged) {
      fault(PackPart.MANIFEST, "cannot be read: " + damaged.getMessage());
      return Optional.empty();
    }
  }

  /** Whether a membership list is there where the rows are of principals, and nowhere else. */
  private boolean members(ZipFile zip, PackManifest manifest) {
    boolean isThere = zip.getEntry(PackPart.MEMBERS.file()) != null;
    boolean isAsked = manifest.about().rowsBy() == GrantFilter.By.PRINCIPAL;
    if (isThere != isAsked) {
      fault(
          PackPart.MEMBERS.file(),
          isAsked ? "is missing from the pack" : "was added: no pack of roles holds it");
    }
    return isThere == isAsked;
  }

  /** Whether what the manifest promises is no more than may be read. */
  private boolean lengths(PackManifest manifest) {
    List<String> named = manifest.parts().stream().map(PackManifest.Part::file).toList();
    if (!named.equals(
        PackPart.of(manifest.about().rowsBy()).stream().map(PackPart::file).toList())) {
      fault(PackPart.MANIFEST, "does not name the parts of a pack in their order");
      return false;
    }
    long all = 0;
    for (PackManifest.Part part : manifest.parts()) {
      boolean held =
          Stream.of(PackPart.AUDIT, PackPart.CSV, PackPart.JSONL)
              .map(PackPart::file)
              .noneMatch(part.file()::equals);
      long most = held ? MOST_HELD : MOST_BYTES;
      all += Math.max(0, Math.min(part.bytes(), MOST_BYTES));
      if (part.bytes() < 0 || part.bytes() > most || all > MOST_BYTES) {
        fault(part.file(), "would have " + part.bytes() + " bytes, more than are read");
        return false;
      }
    }
    return true;
  }

  private void parts(Pack pack) {
    PackManifest manifest = pack.manifest();
    var replay = new Replay(manifest.revision());
    var snapshot = new Snapshot();
    part(pack, PackPart.README, in -> same(in, readme(manifest), "the manifest says"));
    boolean chained = part(pack, PackPart.AUDIT, in -> audit(in, replay));
    boolean shot = part(pack, PackPart.SNAPSHOT, in -> snapshot(in, snapshot));
    record(manifest, replay);
    if (shot && chained && replay.isWhole()) {
      compare(manifest, snapshot, replay);
    } else {
      unproved.add("whether the policy data are those of the changes: one of them cannot be read");
    }
    Policy policy = shot ? policy(snapshot) : null;
    boolean hasMembers = members(pack, replay);
    if (policy != null && !hasMembers) {
      unproved.add("whether the grant rows follow from a membership list that cannot be read");
    }
    if (policy == null) {
      unproved.add("whether the grant rows follow from the policy data, which cannot be read");
      part(pack, PackPart.POLICY, in -> {});
      part(pack, PackPart.CSV, in -> {});
      part(pack, PackPart.JSONL, in -> {});
      return;
    }
    part(
        pack,
        PackPart.POLICY,
        in ->
            same(
                in,
                EvidencePack.policy(policy, PolicyRows.tests(snapshot.plain())),
                "policy.jsonl says"));
    if (!hasMembers) {
      part(pack, PackPart.CSV, in -> {});
      part(pack, PackPart.JSONL, in -> {});
      return;
    }
    var rows = new RowCheck(manifest, snapshot, replay, memberships);
    for (PackPart part : List.of(PackPart.CSV, PackPart.JSONL)) {
      part(pack, part, in -> rows.compare(in, part));
    }
    rows.decided()
        .ifPresent(
            number -> {
              facts.add(number + " grant rows were decided anew from policy.jsonl");
              if (number != manifest.rows()) {
                fault(
                    PackPart.MANIFEST,
                    "counts " + manifest.rows() + " grant rows where there are " + number);
              }
            });
  }

  /** Reads who is in which group, where the rows are of principals. */
  private boolean members(Pack pack, Replay replay) {
    if (pack.manifest().about().rowsBy() != GrantFilter.By.PRINCIPAL) {
      return true;
    }
    unproved.add(
        "who is in which group: no revision holds the membership list; rows of members follow from "
            + PackPart.MEMBERS.file()
            + ", which is as somebody imported it, whatever the issuer says");
    boolean isRead = part(pack, PackPart.MEMBERS, in -> memberships = MemberLines.read(in));
    if (isRead) {
      facts.add("members of groups are those of the list: " + pack.manifest().memberships());
      logged(pack.manifest(), replay);
    }
    return isRead;
  }

  private void logged(PackManifest manifest, Replay replay) {
    Instant end =
        replay
            .next(manifest.revision())
            .map(it -> it.at().minusMillis(1))
            .filter(it -> it.isBefore(manifest.at()))
            .orElse(manifest.at());
    for (LoggedImports.Finding it : imports.about(memberships, end)) {
      switch (it) {
        case LoggedImports.Finding.Fact(String text) -> facts.add(text);
        case LoggedImports.Finding.Wrong(String text) -> fault(PackPart.MEMBERS.file(), text);
        case LoggedImports.Finding.Unproved(String text) -> unproved.add(text);
      }
    }
  }

  private static byte[] readme(PackManifest it) {
    return PackReadme.text(it.about());
  }

  /** Reads a part, and answers whether that could be done; its hash is taken in any case. */
  private boolean part(Pack pack, PackPart part, Reading reading) {
    ZipEntry entry = pack.zip().getEntry(part.file());
    Optional<PackManifest.Part> known = pack.part(part);
    if (entry == null || known.isEmpty()) {
      return false;
    }
    boolean isRead = true;
    try (var in = new Measured(pack.zip().getInputStream(entry), known.get().bytes())) {
      try {
        reading.of(in);
      } catch (IllegalArgumentException wrong) {
        fault(part.file(), String.valueOf(wrong.getMessage()));
        isRead = false;
      }
      if (!in.is(known.get())) {
        fault(part.file(), "is not the one that the manifest names: its hash is another");
      }
    } catch (IOException | IllegalArgumentException damaged) {
      fault(part.file(), "cannot be unpacked: " + damaged.getMessage());
      isRead = false;
    }
    return isRead;
  }

  private static void same(InputStream in, byte[] expected, String as) throws IOException {
    var compared = new Compared(in);
    compared.write(expected);
    if (compared.differs() || compared.goesOn()) {
      throw new IllegalArgumentException("does not say what " + as);
    }
  }

  private void audit(InputStream in, Replay replay) throws IOException {
    var lines = new Lines(in);
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      AuditLine read;
      try {
        read = AuditLines.read(line.get());
      } catch (IllegalArgumentException damaged) {
        if (!hasAudit) {
          throw damaged;
        }
        verification.unreadable(String.valueOf(damaged.getMessage()));
        replay.damaged();
        continue;
      }
      verification.add(read);
      hasAudit = true;
      replay.take(read);
      imports.take(read);
    }
    if (!hasAudit) {
      throw new IllegalArgumentException("is empty");
    }
  }

  private static void snapshot(InputStream in, Snapshot snapshot) throws IOException {
    var lines = new Lines(in);
    for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
      snapshot.read(line.get());
    }
  }

  private void record(PackManifest manifest, Replay replay) {
    String hash =
        manifest.revision() == 0
            ? Revision.NO_HASH
            : replay.record(manifest.revision()).map(Revision::hash).orElse("");
    if (hash.isEmpty()) {
      fault("revision " + manifest.revision(), "has no record in audit.jsonl");
    } else if (!hash.equals(manifest.revisionHash())) {
      fault(
          PackPart.MANIFEST,
          "names revision " + manifest.revision() + " by another hash than its record has");
    }
  }

  private void compare(PackManifest manifest, Snapshot snapshot, Replay replay) {
    List<RowKey> differences = replay.differences(snapshot.rows());
    differences.stream()
        .limit(SHOWN)
        .forEach(
            key ->
                fault(
                    PackPart.SNAPSHOT.file(),
                    "row `"
                        + key.text()
                        + "` is not what the changes up to revision "
                        + manifest.revision()
                        + " make it"));
    if (differences.size() > SHOWN) {
      fault(PackPart.SNAPSHOT.file(), (differences.size() - SHOWN) + " rows more are not");
    }
    if (differences.isEmpty()) {
      facts.add(
          snapshot.rows().size()
              + " rows of policy data are what the changes up to revision "
              + manifest.revision()
              + " make them");
    }
  }

  private @Nullable Policy policy(Snapshot snapshot) {
    try {
      return PolicyRows.policy(snapshot.plain());
    } catch (IllegalArgumentException none) {
      fault(PackPart.SNAPSHOT.file(), "is no policy: " + none.getMessage());
      return null;
    }
  }

  /**
   * Programs that read a zip from its beginning see what its parts are, whatever its directory at
   * the end says: both have to be the same.
   */
  private void asItLies(PackManifest manifest) {
    if (!faults.isEmpty()) {
      return;
    }
    try (var zip = new ZipInputStream(Files.newInputStream(file), UTF_8)) {
      for (PackManifest.Part part : manifest.parts()) {
        ZipEntry entry = zip.getNextEntry();
        boolean same =
            entry != null
                && entry.getName().equals(part.file())
                && new Measured(zip, part.bytes()).is(part);
        if (!same) {
          fault(PACK, "its directory says another thing of `" + part.file() + "` than lies there");
          return;
        }
      }
      ZipEntry last = zip.getNextEntry();
      boolean isNamed = last != null && last.getName().equals(PackPart.MANIFEST);
      byte[] bytes = isNamed ? zip.readNBytes(MOST_OF_THE_MANIFEST) : new byte[0];
      if (!Arrays.equals(manifest.write(), bytes) || zip.getNextEntry() != null) {
        fault(PACK, "its directory says another thing than lies there");
      }
    } catch (IOException | IllegalArgumentException damaged) {
      fault(PACK, "cannot be read from its beginning: " + damaged.getMessage());
    }
  }

  private AuditReport merged() {
    AuditReport chains = hasAudit ? verification.report() : null;
    var found = new ArrayList<>(faults);
    unproved.add(
        "who exported this, when, and what they asked for: nobody signs the manifest; the activity"
            + " log of the app that wrote the pack has the file's SHA-256");
    if (chains == null) {
      return new AuditReport(0, 0, 0, 0, 0, found, facts, unproved);
    }
    found.addAll(chains.faults());
    return new AuditReport(
        chains.revisions(),
        chains.changes(),
        chains.activities(),
        chains.writers(),
        chains.checkpoints(),
        found,
        Stream.concat(facts.stream(), chains.facts().stream()).toList(),
        Stream.concat(unproved.stream(), chains.unproved().stream()).toList());
  }
}
