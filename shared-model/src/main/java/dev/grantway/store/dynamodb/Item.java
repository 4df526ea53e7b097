package dev.grantway.store.dynamodb;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of an item, by name; missing or of another type is refused when read. */
record Item(Map<String, AttributeValue> attributes) {

  static Builder of(String pk, String sk) {
    return new Builder().text("pk", pk).text("sk", sk);
  }

  String pk() {
    return text("pk");
  }

  String sk() {
    return text("sk");
  }

  boolean has(String name) {
    return attributes.containsKey(name);
  }

  String text(String name) {
    return Optional.ofNullable(attributes.get(name))
        .map(AttributeValue::s)
        .orElseThrow(() -> missing(name));
  }

  long number(String name) {
    return Optional.ofNullable(attributes.get(name))
        .map(AttributeValue::n)
        .map(Long::parseLong)
        .orElseThrow(() -> missing(name));
  }

  byte[] bytes(String name) {
    return Optional.ofNullable(attributes.get(name))
        .map(AttributeValue::b)
        .map(SdkBytes::asByteArray)
        .orElseThrow(() -> missing(name));
  }

  /** About how many bytes it takes: names and values, as capacity is counted. */
  long size() {
    long size = 0;
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      AttributeValue value = attribute.getValue();
      size += attribute.getKey().length();
      if (value.s() != null) {
        size += value.s().length();
      } else {
        size += value.b() != null ? value.b().asByteArrayUnsafe().length : 8;
      }
    }
    return size;
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException("lacks attribute `" + name + "`");
  }

  /** Collects attributes. */
  static final class Builder {
    private final Map<String, AttributeValue> attributes = new LinkedHashMap<>();

    Builder text(String name, String value) {
      attributes.put(name, AttributeValue.fromS(value));
      return this;
    }

    Builder number(String name, long value) {
      attributes.put(name, AttributeValue.fromN(Long.toString(value)));
      return this;
    }

    Builder bytes(String name, byte[] value) {
      attributes.put(name, AttributeValue.fromB(SdkBytes.fromByteArray(value)));
      return this;
    }

    Builder flag(String name) {
      attributes.put(name, AttributeValue.fromBool(true));
      return this;
    }

    Item build() {
      return new Item(Map.copyOf(attributes));
    }
  }
}
