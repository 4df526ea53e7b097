package dev.grantway.report.pack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.AuditReport;
import dev.grantway.audit.Checkpoint;
import dev.grantway.audit.Ed25519Signer;
import dev.grantway.audit.Fault;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.report.ClosedReview;
import dev.grantway.report.GrantFilter;
import dev.grantway.report.GrantReport;
import dev.grantway.report.Manifest;
import dev.grantway.report.WholeFile;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Revision;
import dev.grantway.revision.Sha256;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pack proves what it can, and whatever is done to one is noticed and named. */
class PackTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private final Ed25519Signer signer = Ed25519Signer.generate();
  private final InMemoryActivity log = new InMemoryActivity(CLOCK);
  private final InMemoryPolicy table = sample();
  private final Map<String, byte[]> parts = new LinkedHashMap<>();
  private byte[] whole = new byte[0];

  private static InMemoryPolicy sample() {
    var read = (PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml");
    Policy it = read.policy();
    return InMemoryPolicy.of(
        new Policy(
            it.apis(),
            it.roles(),
            it.permissions(),
            List.of(
                given("clerk", Assignment.Kind.GROUP, "finance-team", null),
                given("ops", Assignment.Kind.CLIENT, "batch", CLOCK.instant().plusSeconds(60))),
            it.rules()),
        read.tests(),
        CLOCK);
  }

  private static Assignment given(
      String role, Assignment.Kind kind, String to, @Nullable Instant until) {
    return new Assignment(new RoleName(role), "dev", kind, to, until);
  }

  @BeforeEach
  void pack() throws IOException {
    publish("clerk-", "second");
    checkpoint(1, signer);
    publish("support-", "third");
    Path file = folder.resolve("pack.zip");
    pack(file, GrantFilter.EVERYTHING, 2);
    whole = Files.readAllBytes(file);
    parts.putAll(unzipped(whole));
  }

  /** Removes a permission whose id begins so. */
  private void publish(String id, String reason) {
    PolicyRow row =
        PolicyRows.of(table.live().policy()).values().stream()
            .filter(
                it ->
                    it instanceof PolicyRow.OfPermission(var permission)
                        && permission.id().value().startsWith(id))
            .findFirst()
            .orElseThrow();
    assertThat(
            table.publish(
                new Publication(
                    List.of(Change.remove(row)),
                    table.head().revision(),
                    table.head().hash(),
                    "ana",
                    List.of("ben"),
                    reason,
                    "d")))
        .isInstanceOf(PublishResult.Published.class);
    log.append(ActivityEntry.clipped("ana", ActivityKind.EXPORT, reason, Map.of()));
  }

  private void checkpoint(long number, Ed25519Signer by) {
    var checkpoint =
        new Checkpoint(
            number,
            CLOCK.instant(),
            table.head().revision(),
            table.head().hash(),
            log.tips(Instant.EPOCH),
            Revision.NO_HASH);
    assertThat(log.add(SignedCheckpoint.sign(checkpoint, by))).isTrue();
  }

  private Manifest pack(Path file, GrantFilter filter, long revision) throws IOException {
    var report =
        new GrantReport(table, table.asOf(revision).orElseThrow(), CLOCK.instant(), filter);
    return new EvidencePack(
            report, new InMemoryAudit(table, log, CLOCK), "aud", CLOCK.instant().plusNanos(1))
        .write(file, Long.MAX_VALUE, GrantReport.Watching.NOTHING);
  }

  private static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
    var unzipped = new LinkedHashMap<String, byte[]>();
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        unzipped.put(entry.getName(), in.readAllBytes());
      }
    }
    return unzipped;
  }

  private static byte[] zipped(Map<String, byte[]> parts) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private AuditReport check(byte[] zip, String... keys) throws IOException {
    Path file = Files.write(folder.resolve("checked.zip"), zip);
    return new PackCheck(file, Set.of(keys), List.of()).report();
  }

  private AuditReport check(Map<String, byte[]> changed) throws IOException {
    return check(zipped(changed));
  }

  private Map<String, byte[]> with(String name, UnaryOperator<String> change) {
    var changed = new LinkedHashMap<>(parts);
    String before = new String(parts.getOrDefault(name, new byte[0]), UTF_8);
    String after = change.apply(before);
    assertThat(after).as("what is changed in " + name).isNotEqualTo(before);
    changed.put(name, after.getBytes(UTF_8));
    return changed;
  }

  /** The same with a manifest whose lengths and hashes are those of what is there now. */
  private static Map<String, byte[]> fixedUp(Map<String, byte[]> changed) {
    var fixed = new LinkedHashMap<>(changed);
    PackManifest it = manifest(changed);
    fixed.put(
        PackPart.MANIFEST,
        new PackManifest(
                it.filter(),
                it.revision(),
                it.revisionHash(),
                it.at(),
                it.memberships(),
                it.rows(),
                it.by(),
                it.created(),
                it.parts().stream().map(part -> of(part.file(), changed)).toList())
            .write());
    return fixed;
  }

  private static PackManifest.Part of(String file, Map<String, byte[]> changed) {
    byte[] bytes = changed.getOrDefault(file, new byte[0]);
    return new PackManifest.Part(file, bytes.length, Sha256.hex(bytes));
  }

  private static PackManifest manifest(Map<String, byte[]> of) {
    return PackManifest.read(of.getOrDefault(PackPart.MANIFEST, new byte[0]));
  }

  private static String faults(AuditReport report) {
    return report.faults().stream().map(Fault::toString).collect(Collectors.joining("\n"));
  }

  @Test
  void aPackIsGoodAndSaysWhatItDoesNotProve() throws IOException {
    AuditReport report = check(whole, signer.key());
    assertThat(report.faults()).isEmpty();
    assertThat(report.revisions()).isEqualTo(3);
    assertThat(report.checkpoints()).isEqualTo(1);
    long rows = manifest(parts).rows();
    assertThat(rows).isPositive();
    assertThat(report.facts())
        .contains(rows + " grant rows were decided anew from policy.jsonl")
        .anyMatch(it -> it.contains("are what the changes up to revision 2 make them"));
    assertThat(report.unproved())
        .anyMatch(it -> it.startsWith("who exported this"))
        .noneMatch(it -> it.startsWith("who signed"));
    assertThat(check(whole).unproved()).anyMatch(it -> it.startsWith("who signed"));
    assertThat(new String(parts.getOrDefault("README.txt", new byte[0]), UTF_8))
        .contains("as of revision 2", "exported by   aud", "asked for     everything");
    assertThat(parts.keySet())
        .containsExactly(
            "README.txt",
            "audit.jsonl",
            "policy.jsonl",
            "policy.yaml",
            "grants.csv",
            "grants.jsonl",
            "manifest.json");
    Path again = folder.resolve("again.zip");
    Manifest manifest = pack(again, GrantFilter.EVERYTHING, 2);
    assertThat(again).as("the same bytes").hasBinaryContent(whole);
    assertThat(manifest.sha256()).isEqualTo(Sha256.hex(whole));
    assertThat(manifest.rows()).isEqualTo(rows);
    assertThat(Manifest.read(Files.readAllBytes(WholeFile.manifestOf(again)))).isEqualTo(manifest);
  }

  @Test
  void packsOfEveryRevisionAndFilterAreGood() throws IOException {
    for (long revision = 0; revision <= 3; revision++) {
      for (GrantFilter filter :
          List.of(
              GrantFilter.EVERYTHING,
              GrantFilter.of(Map.of("api", "orders", "stage", "prod", "roles", "clerk,support")),
              GrantFilter.of(Map.of("route", "GET /orders/**")),
              GrantFilter.of(
                  Map.of("by", "route", "tags", "money", "methods", "POST", "effect", "allow")),
              GrantFilter.of(Map.of("by", "principal", "owner", "team-orders")))) {
        if (revision > 0 || filter.equals(GrantFilter.EVERYTHING)) {
          Path file = folder.resolve("other.zip");
          pack(file, filter, revision);
          AuditReport report = check(Files.readAllBytes(file));
          assertThat(faults(report)).as(revision + " " + filter).isEmpty();
        }
      }
    }
  }

  @Test
  void eachPartThatIsChangedIsNamed() throws IOException {
    for (PackPart part : PackPart.of(GrantFilter.By.ROLE)) {
      for (UnaryOperator<String> change :
          List.<UnaryOperator<String>>of(
              text -> text + "x",
              text -> "x" + text,
              text -> text.substring(0, text.length() / 2),
              text -> "",
              text -> text.substring(0, 5) + '\u0007' + text.substring(6))) {
        assertThat(check(with(part.file(), change)).faults())
            .as(part.file())
            .anyMatch(it -> it.record().equals(part.file()));
      }
    }
    for (String text : List.of("", "{}", "x", "{\"grantwayPack\":2}")) {
      assertThat(faults(check(with(PackPart.MANIFEST, old -> text))))
          .startsWith("manifest.json: cannot be read");
    }
  }

  @Test
  void whatIsChangedWithItsHashIsNamed() throws IOException {
    named("README.txt", text -> text.replace("revision 2", "revision 3"), "README.txt: ");
    named("policy.yaml", text -> text.replace("support", "supporters"), "policy.yaml: ");
    named("audit.jsonl", text -> text.replace("second", "sekond"), "revision 2: ");
    named(
        "audit.jsonl",
        text -> text.replace("subject\\\":\\\"second", "subject\\\":\\\"x"),
        "activity ");
    named(
        "policy.jsonl",
        text -> text.replaceFirst("\"ALLOW\"", "\"DENY\""),
        "policy.jsonl: row `C#");
    named(
        "policy.jsonl",
        text -> text.replaceFirst("\"since\":1", "\"since\":2"),
        "policy.jsonl: row `C#");
    named("policy.jsonl", PackTest::withoutLine, "policy.jsonl: row `");
    named(
        "policy.jsonl", text -> text + text.lines().findFirst().orElse("") + "\n", "out of order");
    named("policy.jsonl", text -> text.replaceFirst("\\{\"", "{ \""), "is not written as rows are");
    named("grants.csv", text -> text.replaceFirst("\"ALLOW\"", "\"DENY\""), "grants.csv: row 1 ");
    named("grants.csv", PackTest::withoutLine, "grants.csv: row 3 is not");
    named("grants.csv", text -> text + text.lines().toList().getLast() + "\r\n", "goes on after");
    named("grants.csv", text -> text.replaceFirst("\"api\"", "\"API\""), "grants.csv: row 1 ");
    named("grants.jsonl", text -> text.replaceFirst("ALLOW", "DENY"), "grants.jsonl: row 1 ");
    named("grants.jsonl", PackTest::swapped, "grants.jsonl: row 2 is not");
    named("grants.jsonl", text -> text.substring(0, text.length() - 1), "grants.jsonl: ");
    named(
        "grants.jsonl",
        text -> text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1),
        "grants.jsonl: row ");
  }

  @Test
  void theReportOfAnAccessReviewIsCheckedAgainstTheActivityLog() throws IOException {
    ClosedReview review = ClosedReview.in(table, CLOCK.instant());
    log.append(
        ActivityEntry.clipped(
            "olga",
            ActivityKind.REVIEW_CLOSED,
            "review " + review.id(),
            Map.of("sha256", review.sha256())));
    Path file = folder.resolve("reviewed.zip");
    // A second after, so that what is missing cannot be what was closed while it was read.
    Clock later = Clock.fixed(CLOCK.instant().plusSeconds(1), ZoneOffset.UTC);
    new EvidencePack(
            new GrantReport(
                table, table.asOf(2).orElseThrow(), CLOCK.instant(), GrantFilter.EVERYTHING),
            new InMemoryAudit(table, log, later),
            "aud",
            CLOCK.instant())
        .write(file, Long.MAX_VALUE, GrantReport.Watching.NOTHING);
    byte[] reviewed = Files.readAllBytes(file);
    AuditReport good = check(reviewed);
    assertThat(faults(good)).isEmpty();
    assertThat(good.facts()).anyMatch(it -> it.startsWith("the reports of 1 access review, 2 li"));
    parts.putAll(unzipped(reviewed));
    String changed = "review `" + review.id() + "`: was changed: its report is not the one";
    named("audit.jsonl", text -> text.replace("+1, gone", "+1, fine"), changed);
    named("audit.jsonl", text -> text.replace("\\\"by\\\":\\\"ben", "\\\"by\\\":\\\"eve"), changed);
    named(
        "audit.jsonl",
        text -> text.replace("outcome\\\":\\\"revoked", "outcome\\\":\\\"kept"),
        changed);
    named(
        "audit.jsonl",
        text ->
            text.lines()
                    .filter(line -> !line.contains("\"type\":\"review\""))
                    .collect(Collectors.joining("\n"))
                + "\n",
        "review `" + review.id() + "`: has no report here, though activity ");
  }

  private void packOfPrincipals(Optional<MembershipList> members) throws IOException {
    members.ifPresent(it -> table.memberships().add(it));
    Path file = folder.resolve("principals.zip");
    pack(file, GrantFilter.EVERYTHING.by(GrantFilter.By.PRINCIPAL), 2);
    whole = Files.readAllBytes(file);
    parts.clear();
    parts.putAll(unzipped(whole));
  }

  private static MembershipList members() {
    return new MembershipList(
        CLOCK.instant(),
        "ana",
        List.of(
            new Membership("dev", "mia", "finance-team"),
            new Membership("dev", "=noa", "finance-team")));
  }

  @Test
  void rowsOfPrincipalsAreDecidedAnewByTheMembershipListInThePack() throws IOException {
    packOfPrincipals(Optional.of(members()));
    AuditReport report = check(whole);
    assertThat(faults(report)).isEmpty();
    assertThat(report.facts())
        .contains(manifest(parts).rows() + " grant rows were decided anew from policy.jsonl")
        .contains(
            "members of groups are those of the list: imported by ana at "
                + CLOCK.instant()
                + ", rows: 2, SHA-256: "
                + members().sha256());
    assertThat(report.unproved()).anyMatch(it -> it.startsWith("who is in which group"));
    assertThat(new String(parts.getOrDefault("README.txt", new byte[0]), UTF_8))
        .contains("What is not proved: who is in which group", "members       imported by ana")
        .contains("memberships.jsonl");
    assertThat(new String(parts.getOrDefault("grants.csv", new byte[0]), UTF_8))
        .contains("\"mia\"", "\"'=noa\"");
    for (PackPart part : PackPart.values()) {
      for (UnaryOperator<String> change :
          List.<UnaryOperator<String>>of(text -> text + "x", text -> "x" + text, text -> "")) {
        assertThat(check(with(part.file(), change)).faults())
            .as(part.file())
            .anyMatch(it -> it.record().equals(part.file()));
      }
    }
    named("memberships.jsonl", text -> text.replace("mia", "eve"), "grants.csv: is of another");
    named("memberships.jsonl", text -> text.replace("ana", "eve"), "grants.csv: is of another");
    named("memberships.jsonl", text -> "{}\n", "grants.csv: is of another membership list");
    named("memberships.jsonl", text -> text.replace("\"rows\":2", "\"rows\":3"), "another number");
    named(
        "memberships.jsonl",
        text -> text + text.lines().toList().getLast() + "\n",
        "another number");
    named("memberships.jsonl", text -> text.replace("=noa", "mia"), "a line is not written as");
    named("grants.csv", text -> text.replace("\"mia\"", "\"eve\""), "subject `mia` of `dev`");
    claimed("\"filter\":{\"by\":\"principal\"}", "\"filter\":{}", "memberships.jsonl: was added");
    claimed("imported by ana", "imported by eve", "grants.csv: is of another membership list");
    var without = new LinkedHashMap<>(parts);
    without.remove("memberships.jsonl");
    assertThat(faults(check(without))).contains("memberships.jsonl: is missing from the pack");
  }

  private void imported(String list) {
    log.append(
        ActivityEntry.clipped("ana", ActivityKind.IMPORT, "membership list", Map.of("list", list)));
  }

  @Test
  void theMembershipListIsHeldAgainstTheImportsInTheActivityLog() throws IOException {
    imported(members().sha256());
    packOfPrincipals(Optional.of(members()));
    assertThat(faults(check(whole))).isEmpty();
    assertThat(check(whole).facts())
        .anyMatch(it -> it.startsWith("the membership list was imported as recorded at "));
    named(
        "memberships.jsonl",
        text -> text.replace("mia", "eve"),
        "memberships.jsonl: is not what was imported");
  }

  @Test
  void aPackThatIsMadeAnewOfAnotherListIsFoundOut() throws IOException {
    imported("0".repeat(64));
    packOfPrincipals(Optional.of(members()));
    assertThat(check(whole).faults())
        .singleElement()
        .asString()
        .contains("memberships.jsonl: is not what was imported: no import in the activity log");
  }

  @Test
  void aPackOfPrincipalsWithoutAMembershipListSaysSo() throws IOException {
    packOfPrincipals(Optional.empty());
    assertThat(faults(check(whole))).isEmpty();
    assertThat(new String(parts.getOrDefault("memberships.jsonl", new byte[0]), UTF_8))
        .isEqualTo("{}\n");
    assertThat(manifest(parts).memberships()).isEqualTo("no list was in force");
  }

  private void named(String part, UnaryOperator<String> change, String by) throws IOException {
    assertThat(faults(check(fixedUp(with(part, change))))).as(part).contains(by);
  }

  private static String withoutLine(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    lines.remove(3);
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    return String.join(end, lines) + end;
  }

  private static String swapped(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    lines.add(1, lines.remove(2));
    return String.join("\n", lines) + "\n";
  }

  @Test
  void aManifestThatClaimsAnotherThingIsNamed() throws IOException {
    claimed("\"revision\":2", "\"revision\":3", "names revision 3 by another hash");
    claimed("\"revision\":2", "\"revision\":9", "revision 9: has no record");
    claimed("\"revision\":2", "\"revision\":0", "names revision 0 by another hash");
    claimed("\"revisionHash\":\"", "\"revisionHash\":\"0", "by another hash than its record");
    claimed("\"rows\":", "\"rows\":1", "manifest.json: counts ");
    claimed("\"filter\":{}", "\"filter\":{\"roles\":\"clerk\"}", "grants.csv: ");
    claimed("\"filter\":{}", "\"filter\":{\"roles\":\"ghost\"}", "no role `ghost`");
    claimed("\"filter\":{}", "\"filter\":{\"who\":\"x\"}", "the parts {who=x}");
    claimed("\"at\":\"2026-11-22", "\"at\":\"2036-11-22", "grants.csv: ");
    claimed("\"by\":\"aud\"", "\"by\":\"eve\"", "README.txt: does not say what the manifest says");
    claimed("README.txt", "README.md", "does not name the parts");
  }

  private void claimed(String text, String other, String why) throws IOException {
    assertThat(faults(check(with(PackPart.MANIFEST, it -> it.replace(text, other)))))
        .as(other)
        .contains(why);
  }

  @Test
  void whatIsMissingAddedTwiceOrInAnotherOrderIsNamed() throws IOException {
    for (String part : parts.keySet()) {
      var without = new LinkedHashMap<>(parts);
      without.remove(part);
      assertThat(faults(check(without))).contains(part + ": is missing from the pack");
      assertThat(faults(check(twice(part)))).contains(part + ": is in the pack 2 times");
      var last = new LinkedHashMap<>(parts);
      last.putLast(part, parts.getOrDefault(part, new byte[0]));
      if (!part.equals(PackPart.MANIFEST)) {
        assertThat(faults(check(last))).contains("the pack: its parts are out of order");
      }
    }
    for (String name :
        List.of(
            "evil.txt",
            "../../etc/passwd",
            "/etc/passwd",
            "C:\\x",
            "..\\x",
            "README.txt/x",
            "grants.CSV",
            "x\ny")) {
      var added = new LinkedHashMap<>(parts);
      added.put(name, new byte[] {1});
      assertThat(faults(check(added))).as(name).contains("`: was added: no pack holds it");
    }
    var many = new LinkedHashMap<>(parts);
    for (int i = 0; i < 1_000; i++) {
      many.put("x" + i, new byte[0]);
    }
    assertThat(check(many).faults()).hasSizeBetween(20, 100);
  }

  /** Written under another name of the same length, which is then made the same. */
  private byte[] twice(String part) throws IOException {
    String other = "_" + part.substring(1);
    var doubled = new LinkedHashMap<>(parts);
    doubled.put(other, "other".getBytes(UTF_8));
    return replaced(zipped(doubled), other, part);
  }

  private static byte[] replaced(byte[] zip, String from, String to) {
    return new String(zip, ISO_8859_1).replace(from, to).getBytes(ISO_8859_1);
  }

  @Test
  void aZipThatIsCutOffAnywhereIsNamed() throws IOException {
    var random = new Random(7);
    for (int i = 0; i < 60; i++) {
      int length = random.nextInt(2, whole.length);
      assertThat(faults(check(Arrays.copyOf(whole, length))))
          .as("cut off after " + length)
          .startsWith("the pack: was cut off or damaged");
    }
  }

  @Test
  void anyByteThatChangesWhatIsInItIsNoticed() throws IOException {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("packs, seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      byte[] changed = whole.clone();
      int at = random.nextInt(changed.length);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      AuditReport report = check(changed);
      if (report.isGood()) {
        assertThat(unzipped(changed)).as("seed " + seed + ", byte " + at).hasSameSizeAs(parts);
        unzipped(changed)
            .forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(parts.get(name)));
      }
    }
  }

  @Test
  void whatLiesThereAndTheDirectorySayTheSame() throws IOException {
    byte[] changed = whole.clone();
    changed[30] = 'X'; // The first letter of the first name, not that in the directory.
    assertThat(faults(check(changed))).contains("its directory says another thing of `README.txt`");
    changed = whole.clone();
    changed[new String(whole, ISO_8859_1).indexOf(PackPart.MANIFEST)] = 'M';
    assertThat(faults(check(changed))).contains("its directory says another thing than lies there");
  }

  @Test
  void whatUnpacksToMoreThanItShouldIsNotRead() throws IOException {
    var bomb = new LinkedHashMap<>(parts);
    bomb.put("grants.csv", new byte[64 << 20]);
    long begun = System.nanoTime();
    assertThat(faults(check(bomb))).contains("grants.csv: is not the one that the manifest names");
    for (PackPart part : PackPart.of(GrantFilter.By.ROLE)) {
      var claims = fixedUp(parts);
      String text = new String(claims.getOrDefault(PackPart.MANIFEST, new byte[0]), UTF_8);
      long bytes = parts.getOrDefault(part.file(), new byte[0]).length;
      claims.put(
          PackPart.MANIFEST,
          text.replace(
                  part.file() + "\",\"bytes\":" + bytes,
                  part.file() + "\",\"bytes\":" + Long.MAX_VALUE)
              .getBytes(UTF_8));
      assertThat(faults(check(claims))).contains(part.file() + ": would have ");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
  }

  /** Whoever makes all parts fit each other still has the chain against them. */
  @Test
  void aPolicyThatIsNotThatOfTheChangesIsNamed() throws IOException {
    var forged = InMemoryPolicy.of(table.live().policy(), table.live().tests(), CLOCK).live();
    Path file = folder.resolve("forged.zip");
    new EvidencePack(
            new GrantReport(
                table::revision, forged, CLOCK.instant(), GrantFilter.EVERYTHING, Optional.empty()),
            new InMemoryAudit(table, log, CLOCK),
            "aud",
            CLOCK.instant())
        .write(file, Long.MAX_VALUE, GrantReport.Watching.NOTHING);
    assertThat(faults(check(Files.readAllBytes(file))))
        .contains("names revision 1 by another hash", "is not what the changes up to revision 1");
  }

  /** Whoever writes the chain anew cannot sign it. */
  @Test
  void aChainOfSomebodyElseIsSignedByAnotherKey() throws IOException {
    var other = Ed25519Signer.generate();
    checkpoint(2, other);
    Path file = folder.resolve("other.zip");
    pack(file, GrantFilter.EVERYTHING, 3);
    assertThat(faults(check(Files.readAllBytes(file), signer.key()))).contains("not trusted");
  }

  @Test
  void whatFailsOrIsCancelledLeavesNothing() throws IOException {
    Path file = folder.resolve("cancelled.zip");
    var report =
        new GrantReport(
            table, table.asOf(2).orElseThrow(), CLOCK.instant(), GrantFilter.EVERYTHING);
    for (int stop : new int[] {0, 1, 5}) {
      try {
        new EvidencePack(report, new InMemoryAudit(table, log, CLOCK), "aud", CLOCK.instant())
            .write(
                file,
                Long.MAX_VALUE,
                rows -> {
                  if (rows == stop) {
                    throw new IOException("cancelled");
                  }
                });
      } catch (IOException cancelled) {
        assertThat(cancelled).hasMessage("cancelled");
      }
      assertThat(file).doesNotExist();
      assertThat(WholeFile.manifestOf(file)).doesNotExist();
    }
  }
}
