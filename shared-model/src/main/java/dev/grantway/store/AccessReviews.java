package dev.grantway.store;

import dev.grantway.review.Answer;
import dev.grantway.review.Campaign;
import dev.grantway.review.Closed;
import dev.grantway.review.Closing;
import dev.grantway.review.LineAnswer;
import dev.grantway.review.ReviewLine;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Access reviews, which are added to and never altered: beside the policy, no part of any revision.
 * Everything survives any crash; several reviewers and instances may be at work at once.
 */
public interface AccessReviews {
  /** How many lines may be answered at once. */
  int MOST_AT_ONCE = 90;

  /**
   * Stores lines of a campaign that is to be created; its first line is stored first, and so on.
   * Nobody sees them before that, or ever where it never is.
   *
   * @param id drawn for this campaign alone
   */
  void addLines(String id, List<ReviewLine> lines);

  /** Creates it: all its lines are stored. */
  void create(Campaign campaign);

  Optional<Campaign> find(String id);

  /**
   * Campaigns, the latest first.
   *
   * @param after the cursor of the page before; empty: from the latest
   */
  Page<Campaign> campaigns(String after, int limit);

  /** Some lines, by their numbers: fewer than the limit at the end only. */
  List<ReviewLine> lines(String id, int from, int limit);

  /** All that was said of the lines from one number to another, both included, in its order. */
  List<LineAnswer> answers(String id, int from, int to);

  /** What became of answers. */
  enum Answered {
    STORED,
    /** None is stored: somebody else answered one of the lines meanwhile. */
    OVERTAKEN,
    /** None is stored: it is being closed. */
    CLOSING
  }

  /**
   * Stores answers, all or none.
   *
   * @param answers of different lines, {@value #MOST_AT_ONCE} at most; each of the number that
   *     follows on the last one of its line
   */
  Answered answer(String id, List<LineAnswer> answers);

  /**
   * How far a campaign is answered.
   *
   * @param kept lines of which it was said last that they are kept
   * @param revoked likewise
   * @param said how many answers were stored in all, those too that others took the place of
   */
  record Tally(int kept, int revoked, long said) {

    /** Counts answers that come in the order of each line. */
    public static Tally of(List<LineAnswer> answers) {
      var last = new HashMap<Integer, LineAnswer>();
      answers.forEach(it -> last.put(it.line(), it));
      return new Tally(
          count(last.values(), Answer.KEEP), count(last.values(), Answer.REVOKE), answers.size());
    }

    /** How many of them say that. */
    public static int count(Collection<LineAnswer> answers, Answer what) {
      return (int) answers.stream().filter(it -> it.answerOrNull() == what).count();
    }
  }

  /** How far it is answered, which moves with each answer. */
  Tally tally(String id);

  /**
   * Ends answering, unless something was answered or taken back meanwhile.
   *
   * @param seen how far it was answered when that was decided
   * @return what ended it: this, or what somebody stored before; none where nothing is ended
   */
  Optional<Closing> begin(String id, Closing closing, Tally seen);

  Optional<Closing> closing(String id);

  /**
   * Stores a part of the close-out report; storing the same again changes nothing.
   *
   * @param first the place of its first line in the report, from 0
   * @param lines in canonical form
   * @param isLast whether the report ends with them
   */
  void addReport(String id, int first, List<String> lines, boolean isLast);

  /** The report is whole and its hash is recorded; once stored it stays. */
  void end(String id, Closed closed);

  Optional<Closed> closed(String id);

  /** The lines of the report as they are stored, a part at a time. */
  void report(String id, Consumer<String> visit);

  /** Whether the end of the report is stored. */
  boolean isReported(String id);
}
