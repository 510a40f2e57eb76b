use super::{clean, dateline};
use crate::model::{Article, Day, Granularity, Published, PublishedBasis, Span, Timex};

/// Finds the time expressions of a short text, read against a day if one is known.
pub type DateFinder<'a> = &'a dyn Fn(&str, Option<Day>) -> Vec<Timex>;

/// A head has at most so many lines before the body.
const MAX_HEAD_LINES: usize = 8;
/// A title is at most so long, in bytes.
const MAX_TITLE: usize = 300;
/// A byline, date or source line has at most so many words.
const MAX_WORDS: usize = 16;

/// Reads title, byline, source, date line and dateline from `article.text` at byte `from` on, and sets the first byte of
/// the body. What is known already (from metadata) is kept.
pub fn read_head(article: &mut Article, from: usize, dates: DateFinder<'_>) {
    let text = std::mem::take(&mut article.text);
    let lines: Vec<Line<'_>> = lines(&text, from).take(MAX_HEAD_LINES + 1).collect();
    let mut next = 0;
    if article.head.title.is_none() && title_line(&lines, article.title.as_deref(), &text[from..], dates) {
        let span = strip_markup(lines[0].span, &text);
        article.head.title = Some(span);
        article.title.get_or_insert_with(|| clean(span.of(&text)));
        next = 1;
    }
    // The lines between title and body, as long as each is a head line; a bare name counts only beside one.
    let mut names = Vec::new();
    let mut parts_found = false;
    for line in &lines[next.min(lines.len())..] {
        match head_line(line, &text, dates) {
            Some(parts) => {
                parts_found |= parts.iter().any(|p| !matches!(p, Part::Name(_)));
                names.extend(parts.into_iter().map(|part| (part, line.end)));
            }
            None => break,
        }
    }
    let last_sure = names.iter().rposition(|(part, _)| !matches!(part, Part::Name(_)));
    let keep = match (parts_found, last_sure) {
        // A name that follows the last sure line is still an outlet when only body follows it.
        (true, Some(sure)) => (sure + 2).min(names.len()),
        _ => 0,
    };
    let mut body = if next == 1 { lines[0].end } else { from };
    for (part, end) in names.into_iter().take(keep) {
        body = body.max(end);
        apply(article, part, &text);
    }
    // Blank lines before the body.
    body += text[body..].len() - text[body..].trim_start().len();
    if let Some(line) = dateline::read(&text, body, dates) {
        article.head.place = Some(line.place);
        article.place.get_or_insert_with(|| clean(line.place.of(&text)));
        if let Some(agency) = line.agency {
            article.head.source.get_or_insert(agency);
            article.source.get_or_insert_with(|| clean(agency.of(&text)));
        }
        if let Some((span, day)) = line.date {
            article.head.date.get_or_insert(span);
            if let Some(day) = day {
                article.published.get_or_insert(Published { day, basis: PublishedBasis::Dateline });
            }
        }
        body = line.end;
    }
    article.head.body = body as u32;
    article.text = text;
}

/// The day that a metadata value or a date line names, if it names exactly one.
pub(super) fn day_of(text: &str, dates: DateFinder<'_>) -> Option<Day> {
    // ISO 8601 stamps come first: the calendar part is all we take.
    let stamp = text.trim();
    if let Some(Ok(day)) = stamp.get(..10).map(str::parse::<Day>) {
        return Some(day);
    }
    dates(text, None).iter().filter(|t| fine(t)).find_map(|t| t.interval?.from())
}

fn fine(timex: &Timex) -> bool {
    matches!(timex.granularity, Granularity::Day | Granularity::Time) && timex.interval.is_some()
}

struct Line<'a> {
    text: &'a str,
    span: Span,
    /// First byte after its line break.
    end: usize,
    /// A blank line follows, or the text ends.
    blank_after: bool,
}

fn lines(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut at = from;
    std::iter::from_fn(move || {
        while at < text.len() {
            let raw = text[at..].split_inclusive('\n').next()?;
            let start = at;
            at += raw.len();
            let trimmed = raw.trim();
            if trimmed.is_empty() {
                continue;
            }
            let first = start + (raw.len() - raw.trim_start().len());
            let rest = text[at..].split_inclusive('\n').next().unwrap_or_default();
            return Some(Line {
                text: trimmed,
                span: Span::new(first, first + trimmed.len()),
                end: at,
                blank_after: rest.trim().is_empty(),
            });
        }
        None
    })
}

/// Whether the first line is the title: known to be, marked as a heading, or shaped like one with a body after it.
fn title_line(lines: &[Line<'_>], known: Option<&str>, text: &str, dates: DateFinder<'_>) -> bool {
    let Some(first) = lines.first() else { return false };
    let bare = first.text.trim_start_matches('#').trim().trim_matches('*');
    if let Some(title) = known {
        return clean(title).to_lowercase() == clean(bare).to_lowercase();
    }
    if lines.len() < 2 || first.text.len() > MAX_TITLE {
        return false;
    }
    if first.text.starts_with('#') {
        return true;
    }
    let next = &lines[1];
    let ends_sentence = bare.ends_with(['.', ':', ';', ',']) && !bare.ends_with("...");
    let continues = next.text.starts_with(|c: char| c.is_lowercase()) && !first.blank_after;
    if continues || dateline::read(first.text, 0, dates).is_some() || head_line_sure(first, dates) {
        return false;
    }
    if ends_sentence {
        // Headlines with a full stop are rare; a date line or byline right under it settles it.
        return head_line_sure(next, dates) && bare.split_whitespace().count() <= 20;
    }
    !(wrapped(text) && !first.blank_after && first.text.len() > 55)
}

/// Whether the paragraphs of a text are broken into lines of equal length.
fn wrapped(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().take(40).map(str::trim).collect();
    let broken = lines
        .windows(2)
        .filter(|w| (50..=100).contains(&w[0].len()) && !w[0].ends_with(['.', '!', '?', '"', '”']))
        .filter(|w| w[1].starts_with(|c: char| c.is_lowercase()))
        .count();
    broken >= 2
}

enum Part {
    Byline(Span),
    Date(Span, Option<Day>),
    Source(Span),
    /// A short capitalised line that is an outlet only if its neighbours are head lines.
    Name(Span),
}

fn head_line_sure(line: &Line<'_>, dates: DateFinder<'_>) -> bool {
    // Spans are not used here, so offsets into the line do.
    let own = Line { text: line.text, span: Span::new(0, line.text.len()), end: 0, blank_after: false };
    head_line(&own, line.text, dates).is_some_and(|parts| parts.iter().any(|p| !matches!(p, Part::Name(_))))
}

/// The parts of a head line such as `By Lena Amsler | Zurich Ledger | 20 March 2023`, or `None` for a line of the body.
fn head_line(line: &Line<'_>, text: &str, dates: DateFinder<'_>) -> Option<Vec<Part>> {
    if line.text.split_whitespace().count() > MAX_WORDS || line.text.starts_with('#') {
        return None;
    }
    let mut parts = Vec::new();
    let mut at = line.span.start as usize;
    for piece in line.text.split(['|', '·', '•']) {
        let span = strip_markup(Span::new(at, at + piece.len()), text);
        at += piece.len();
        at += text[at..].chars().next().filter(|_| at < line.span.end as usize).map_or(0, char::len_utf8);
        if !span.is_empty() {
            parts.push(part(span, text, dates)?);
        }
    }
    (!parts.is_empty()).then_some(parts)
}

fn part(span: Span, text: &str, dates: DateFinder<'_>) -> Option<Part> {
    let words = span.of(text);
    let label = |names: &[&str]| {
        names.iter().find_map(|name| {
            let head = words.get(..name.len()).filter(|h| h.eq_ignore_ascii_case(name))?;
            Some(strip_markup(Span::new(span.start as usize + head.len(), span.end as usize), text))
        })
    };
    if let Some(rest) = label(&["source:", "agency:", "publisher:", "via "]) {
        return Some(Part::Source(rest));
    }
    if let Some(rest) = label(&["by:", "author:", "by "]) {
        let named = rest.of(text).split_whitespace().next()?.starts_with(|c: char| c.is_uppercase());
        let sentence = rest.of(text).ends_with('.') && rest.of(text).split_whitespace().count() > 4;
        return (named && !sentence).then_some(Part::Byline(rest));
    }
    if let Some(day) = date_line(words, dates) {
        return Some(Part::Date(span, day));
    }
    let agency = words.starts_with('(') && words.ends_with(')') && words.split_whitespace().count() <= 4;
    if agency {
        return Some(Part::Source(Span::new(span.start as usize + 1, span.end as usize - 1)));
    }
    let small = |w: &str| matches!(w, "of" | "the" | "and" | "for" | "de");
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let name = words.split_whitespace().count() <= 5
        && words.split_whitespace().all(|w| capital(w) || small(w))
        && !words.ends_with(['.', '!', '?', ':', ';', ',']);
    name.then_some(Part::Name(span))
}

/// Whether a line holds a date and nothing else; the inner value is the day if its year is known.
fn date_line(line: &str, dates: DateFinder<'_>) -> Option<Option<Day>> {
    const LABELS: [&str; 16] = [
        "published",
        "updated",
        "posted",
        "date",
        "modified",
        "first",
        "last",
        "on",
        "at",
        "gmt",
        "utc",
        "est",
        "edt",
        "cet",
        "local",
        "time",
    ];
    if !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if let Some(Ok(day)) = line.get(..10).map(str::parse::<Day>) {
        let rest = &line[10..];
        return (rest.len() <= 30 && !rest.contains(' ') || rest.split_whitespace().count() <= 3).then_some(Some(day));
    }
    let found = dates(line, None);
    let mut left = line.to_owned();
    for timex in found.iter().rev() {
        left.replace_range(timex.span.range(), " ");
    }
    let known = |w: &str| {
        let w = w.trim_matches(|c: char| !c.is_alphanumeric());
        w.is_empty()
            || LABELS.contains(&w.to_ascii_lowercase().as_str())
            || w.chars().all(|c| c.is_ascii_digit())
            || matches!(w.to_ascii_lowercase().as_str(), "am" | "pm" | "a.m" | "p.m")
    };
    if !left.split_whitespace().all(known) {
        return None;
    }
    let dated = found.iter().find(|t| matches!(t.granularity, Granularity::Day | Granularity::Time))?;
    Some(dated.interval.and_then(|i| i.from()))
}

fn apply(article: &mut Article, part: Part, text: &str) {
    match part {
        Part::Byline(span) => {
            article.head.byline.get_or_insert(span);
            article.byline.get_or_insert_with(|| clean(span.of(text)));
        }
        Part::Date(span, day) => {
            article.head.date.get_or_insert(span);
            if let Some(day) = day {
                article.published.get_or_insert(Published { day, basis: PublishedBasis::Dateline });
            }
        }
        Part::Source(span) | Part::Name(span) => {
            article.head.source.get_or_insert(span);
            article.source.get_or_insert_with(|| clean(span.of(text)));
        }
    }
}

/// The span without white space, `#` and `*` at its ends.
fn strip_markup(span: Span, text: &str) -> Span {
    let words = span.of(text);
    let junk = |c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_');
    let left = words.len() - words.trim_start_matches(junk).len();
    let kept = words.trim_matches(junk).len();
    Span::new(span.start as usize + left, span.start as usize + left + kept)
}
