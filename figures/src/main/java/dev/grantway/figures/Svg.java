package dev.grantway.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A plot as SVG that stands in a page: lines told apart by their marks as well as their colours.
 */
final class Svg {
  private static final int WIDTH = 760;
  private static final int LEFT = 74;
  private static final int TOP = 14;
  private static final int HEIGHT = 260;
  private static final int RIGHT = 20;
  private static final int LEGEND = 18;
  private static final int BELOW = 56;
  private static final int COLOURS = 8;
  private static final int TICKS = 5;
  private static final List<String> MARKS =
      List.of(
          "M-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0",
          "M-3.2 -3.2H3.2V3.2H-3.2Z",
          "M0 -4L4 3.2H-4Z",
          "M0 -4.4L4.4 0L0 4.4L-4.4 0Z",
          "M0 4L4 -3.2H-4Z",
          "M-4 -1H-1V-4H1V-1H4V1H1V4H-1V1H-4Z",
          "M-3.5 -3.5L3.5 3.5M-3.5 3.5L3.5 -3.5",
          "M-4 0H4M0 -4V4");

  private final Part.Plot plot;
  private final Axis x;
  private final Axis y;
  private final StringBuilder out = new StringBuilder(4_096);

  private Svg(Part.Plot plot) {
    this.plot = plot;
    this.x = Axis.of(plot, Part.Point::x, LEFT, WIDTH - RIGHT);
    this.y = Axis.of(plot, Part.Point::y, TOP + HEIGHT, TOP);
  }

  /** One axis: from values to places. */
  private record Axis(boolean log, double least, double most, double from, double to) {
    static Axis of(Part.Plot plot, ToDoubleFunction<Part.Point> value, double from, double to) {
      double[] all =
          plot.series().stream()
              .flatMap(it -> it.points().stream())
              .mapToDouble(value)
              .sorted()
              .toArray();
      double least = all.length == 0 ? 1 : all[0];
      double most = all.length == 0 ? 10 : all[all.length - 1];
      if (plot.log()) {
        double low = Math.floor(Math.log10(least));
        return new Axis(true, low, Math.max(low + 1, Math.ceil(Math.log10(most))), from, to);
      }
      double low = Math.min(0, least);
      return new Axis(false, low, most > low ? most : low + 1, from, to);
    }

    double place(double value) {
      double at = log ? Math.log10(value) : value;
      return from + (to - from) * (at - least) / (most - least);
    }

    List<Double> ticks() {
      var ticks = new ArrayList<Double>();
      if (log) {
        for (double power = least; power <= most; power++) {
          ticks.add(Math.pow(10, power));
        }
      } else {
        double step = step((most - least) / TICKS);
        for (double at = Math.ceil(least / step) * step; at <= most; at += step) {
          ticks.add(at);
        }
      }
      return ticks;
    }

    /** 1, 2 or 5 times a power of ten. */
    private static double step(double about) {
      double power = Math.pow(10, Math.floor(Math.log10(about)));
      return Stream.of(1, 2, 5, 10)
          .mapToDouble(it -> it * power)
          .filter(it -> it >= about)
          .findFirst()
          .orElse(power);
    }
  }

  static String of(Part.Plot plot) {
    return new Svg(plot).draw();
  }

  private String draw() {
    int height = TOP + HEIGHT + BELOW + LEGEND * plot.series().size();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>",
            WIDTH,
            height,
            Html.escaped(plot.title() + ": " + plot.y() + " over " + plot.x())));
    for (double tick : x.ticks()) {
      double at = x.place(tick);
      out.append(
          String.format(
              Locale.ROOT, "<path class='grid' d='M%.1f %dV%d'/>", at, TOP, TOP + HEIGHT));
      out.append(
          String.format(
              Locale.ROOT,
              "<text x='%.1f' y='%d' class='mid'>%s</text>",
              at,
              TOP + HEIGHT + 18,
              number(tick)));
    }
    for (double tick : y.ticks()) {
      double at = y.place(tick);
      out.append(
          String.format(
              Locale.ROOT, "<path class='grid' d='M%d %.1fH%d'/>", LEFT, at, WIDTH - RIGHT));
      out.append(
          String.format(
              Locale.ROOT,
              "<text x='%d' y='%.1f' class='end'>%s</text>",
              LEFT - 8,
              at + 4,
              number(tick)));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "<text x='%d' y='%d' class='mid'>%s</text>",
            (LEFT + WIDTH - RIGHT) / 2,
            TOP + HEIGHT + 38,
            Html.escaped(plot.x())));
    out.append(
        String.format(
            Locale.ROOT,
            "<text transform='translate(14 %d) rotate(-90)' class='mid'>%s</text>",
            TOP + HEIGHT / 2,
            Html.escaped(plot.y())));
    for (int i = 0; i < plot.series().size(); i++) {
      line(i, plot.series().get(i));
    }
    out.append("</svg>");
    return out.toString();
  }

  private void line(int index, Part.Series series) {
    String colour = "s" + index % COLOURS;
    String mark = MARKS.get(index % MARKS.size());
    var path = new StringBuilder();
    for (Part.Point point : series.points()) {
      path.append(
          String.format(
              Locale.ROOT,
              "%s%.1f %.1f",
              path.isEmpty() ? "M" : "L",
              x.place(point.x()),
              y.place(point.y())));
    }
    out.append(String.format(Locale.ROOT, "<path class='line %s' d='%s'/>", colour, path));
    for (Part.Point point : series.points()) {
      out.append(
          String.format(
              Locale.ROOT,
              "<path class='mark %s' d='%s' transform='translate(%.1f %.1f)'>"
                  + "<title>%s: %s at %s</title></path>",
              colour,
              mark,
              x.place(point.x()),
              y.place(point.y()),
              Html.escaped(series.name()),
              number(point.y()),
              number(point.x())));
    }
    int row = TOP + HEIGHT + BELOW + LEGEND * index;
    out.append(
        String.format(
            Locale.ROOT,
            "<path class='mark %s' d='%s' transform='translate(%d %d)'/>",
            colour,
            mark,
            LEFT,
            row - 4));
    out.append(
        String.format(
            Locale.ROOT,
            "<text x='%d' y='%d'>%s</text>",
            LEFT + 12,
            row,
            Html.escaped(series.name())));
  }

  /** Three digits, with k for thousands and M for millions. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size >= 1e6) {
      return String.format(Locale.ROOT, "%sM", plain(value / 1e6));
    }
    return size >= 1e3 ? String.format(Locale.ROOT, "%sk", plain(value / 1e3)) : plain(value);
  }

  private static String plain(double value) {
    String text = String.format(Locale.ROOT, "%.3g", value);
    if (text.contains("e")) {
      return text;
    }
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("[.]$", "") : text;
  }
}
