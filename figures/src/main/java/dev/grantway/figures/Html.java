package dev.grantway.figures;

import java.util.List;

/** The report as one page that needs nothing else. */
final class Html {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--bg:light-dark(#F6F7F9,#101318);--panel:light-dark(#fff,#171B22);
      --line:light-dark(#E1E5EB,#262C36);--ink:light-dark(#1B1F24,#E8EBF0);
      --mute:light-dark(#5A6473,#9AA4B2);--s0:light-dark(#3B5BDB,#8FA6FF);
      --s1:light-dark(#0B7A4B,#3DD68C);--s2:light-dark(#B42318,#FF8A80);
      --s3:light-dark(#8A5A00,#FFC53D);--s4:light-dark(#7A3FB0,#C89BFF);
      --s5:light-dark(#006E8A,#4FD0EC);--s6:light-dark(#9C2A6B,#FF8FCB);
      --s7:light-dark(#4B5563,#B4BDCA)}
      body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 system-ui,sans-serif}
      main{max-width:1000px;margin:0 auto;padding:24px 16px}
      h1{font-size:22px}h2{font-size:18px;margin:0 0 6px}h3{font-size:14px;margin:18px 0 6px}
      section{background:var(--panel);border:1px solid var(--line);border-radius:10px;
      padding:16px;margin:16px 0}
      p{margin:6px 0;color:var(--mute);max-width:80ch}
      .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
      th,td{border-bottom:1px solid var(--line);padding:4px 10px;text-align:right;white-space:nowrap}
      th:first-child{text-align:left}thead th{color:var(--mute);font-weight:600}
      tbody th{font-weight:400}caption{text-align:left;font-weight:600;padding:12px 10px 4px}
      ul{margin:4px 0;padding-left:20px}nav a{margin-right:12px}a{color:var(--s0)}
      svg{width:100%;max-width:760px;height:auto;display:block;font:12px system-ui,sans-serif}
      svg text{fill:var(--ink)}.mid{text-anchor:middle}.end{text-anchor:end}
      .grid{stroke:var(--line);fill:none}.line{fill:none;stroke-width:1.8;opacity:.75}
      .mark{stroke-width:1.4}
      .s0{stroke:var(--s0)}.mark.s0{fill:var(--s0)}.s1{stroke:var(--s1)}.mark.s1{fill:var(--s1)}
      .s2{stroke:var(--s2)}.mark.s2{fill:var(--s2)}.s3{stroke:var(--s3)}.mark.s3{fill:var(--s3)}
      .s4{stroke:var(--s4)}.mark.s4{fill:var(--s4)}.s5{stroke:var(--s5)}.mark.s5{fill:var(--s5)}
      .s6{stroke:var(--s6)}.mark.s6{fill:var(--s6)}.s7{stroke:var(--s7)}.mark.s7{fill:var(--s7)}
      """;

  private Html() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }

  static String page(String head, List<Part> parts) {
    var out = new StringBuilder(65_536);
    out.append("<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>")
        .append("<meta name='viewport' content='width=device-width'>")
        .append("<title>Grantway, measured</title><style>")
        .append(STYLE)
        .append("</style></head><body><main><h1>Grantway, measured</h1><p>")
        .append(escaped(head))
        .append("</p><nav aria-label='Parts'>");
    parts.forEach(
        it ->
            out.append("<a href='#")
                .append(it.name())
                .append("'>")
                .append(escaped(it.title()))
                .append("</a>"));
    out.append("</nav>");
    parts.forEach(it -> section(out, it));
    return out.append("</main></body></html>\n").toString();
  }

  private static void section(StringBuilder out, Part part) {
    out.append("<section id='")
        .append(part.name())
        .append("'><h2>")
        .append(escaped(part.title()))
        .append("</h2><p>")
        .append(escaped(part.note()))
        .append("</p>");
    for (Part.Plot plot : part.plots()) {
      heading(out, plot.title());
      out.append(Svg.of(plot));
      growths(out, plot);
    }
    part.tables().forEach(it -> table(out, it, part.title()));
    out.append("</section>");
  }

  private static void heading(StringBuilder out, String title) {
    if (!title.isEmpty()) {
      out.append("<h3>").append(escaped(title)).append("</h3>");
    }
  }

  private static void growths(StringBuilder out, Part.Plot plot) {
    List<String> told = Growth.told(plot);
    if (!told.isEmpty()) {
      out.append("<ul>");
      told.forEach(it -> out.append("<li>").append(escaped(it)).append("</li>"));
      out.append("</ul>");
    }
  }

  /**
   * A table that can be scrolled with the keyboard; it is named after its part if by nothing else.
   */
  private static void table(StringBuilder out, Part.Table table, String part) {
    String name = escaped(table.title().isEmpty() ? part : table.title());
    out.append("<div class='wide' role='region' tabindex='0' aria-label='")
        .append(name)
        .append("'><table><caption>")
        .append(name)
        .append("</caption><thead><tr>");
    table
        .columns()
        .forEach(it -> out.append("<th scope='col'>").append(escaped(it)).append("</th>"));
    out.append("</tr></thead><tbody>");
    for (List<String> row : table.rows()) {
      out.append("<tr><th scope='row'>").append(escaped(row.getFirst())).append("</th>");
      row.stream().skip(1).forEach(it -> out.append("<td>").append(escaped(it)).append("</td>"));
      out.append("</tr>");
    }
    out.append("</tbody></table></div>");
  }
}
