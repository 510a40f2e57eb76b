//! The text that a CoNLL-U document was made from, as far as the file tells.

use super::conllu::{ConlluError, Sheet};
use crate::model::Span;
use crate::text::{Sentence, Token};

/// White space between two tokens is at most so long, in code points; more is taken for a mistake.
const WIDEST_GAP: usize = 1_000;

/// A written word: one token, or the tokens of a range line.
pub struct Unit<'s> {
    /// Its first token.
    pub first: usize,
    /// How many tokens it has.
    pub count: usize,
    /// How it is written.
    pub form: &'s str,
    /// MISC of its line.
    pub misc: &'s str,
    /// Where it stands in the text, in code points.
    place: Option<(usize, usize)>,
}

/// Text, and the tokens and sentences over it.
pub struct Placed {
    pub text: String,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    pub note: Option<String>,
}

/// The value of the first of these names in a MISC column; case does not matter.
pub fn value<'m>(misc: &'m str, names: &[&str]) -> Option<&'m str> {
    let parts = misc.split('|').filter_map(|part| part.split_once('='));
    names.iter().find_map(|name| parts.clone().find(|(key, _)| key.eq_ignore_ascii_case(name))).map(|(_, value)| value)
}

/// `TokenRange=12:17`, or `start_char=12|end_char=17`.
fn place_in(misc: &str) -> Option<(usize, usize)> {
    let (start, end) = match value(misc, &["TokenRange"]) {
        Some(range) => range.split_once(':')?,
        None => (value(misc, &["start_char"])?, value(misc, &["end_char"])?),
    };
    Some((start.parse().ok()?, end.parse().ok()?))
}

/// The written words of a sheet, in order.
pub fn units(sheet: &Sheet) -> Vec<Unit<'_>> {
    let form = |i: usize| sheet.lines[i].1.split('\t').nth(1).unwrap_or_default();
    let mut ranges = sheet.ranges.iter().peekable();
    let mut sentences = sheet.sentences.iter().map(|s| s.tokens.end).peekable();
    let mut out = Vec::with_capacity(sheet.tokens.len());
    let mut i = 0;
    while i < sheet.tokens.len() {
        while sentences.next_if(|end| *end <= i).is_some() {}
        while ranges.next_if(|range| range.0 < i).is_some() {}
        let left = sentences.peek().map_or(1, |end| end - i);
        let unit = match ranges.next_if(|range| range.0 == i) {
            Some((_, count, form, misc)) => {
                let count = (*count).clamp(1, left);
                let ends = (place_in(&sheet.misc[i]), place_in(&sheet.misc[i + count - 1]));
                let both = ends.0.zip(ends.1).map(|(first, last)| (first.0, last.1));
                Unit { first: i, count, form, misc, place: place_in(misc).or(both) }
            }
            None => Unit { first: i, count: 1, form: form(i), misc: &sheet.misc[i], place: place_in(&sheet.misc[i]) },
        };
        i += unit.count;
        out.push(unit);
    }
    out
}

/// Puts the written words where the file says that they stand: at their offsets if it gives offsets for all, else with
/// the white space of `SpacesAfter` or `SpaceAfter`, else as `# text` has them. A new paragraph begins after a blank line.
pub fn place(sheet: &Sheet, units: &[Unit<'_>]) -> Result<Placed, ConlluError> {
    let (offsets, note) = match (offsets_fit(units), units.iter().any(|u| u.place.is_some())) {
        (true, _) => (true, None),
        (false, true) => (
            false,
            Some(
                "the offsets of the tokens do not fit their words and were left out; the text is made of the words"
                    .into(),
            ),
        ),
        (false, false) => (false, None),
    };
    let mut out = Placed { text: String::new(), tokens: Vec::new(), sentences: Vec::new(), note };
    let mut written = 0;
    let mut paragraph = 0;
    let mut units = units.iter().peekable();
    // White space that is due before the next word.
    let mut blank = String::new();
    for (sentence, comments) in sheet.sentences.iter().zip(&sheet.comments) {
        let new = out.sentences.is_empty() || comments.iter().any(|c| begins_paragraph(c));
        let spaces = spaces_by_text(sheet, sentence, comments);
        let mut number = 0;
        while let Some(unit) = units.next_if(|unit| unit.first < sentence.tokens.end) {
            let first_of_paragraph = new && unit.first == sentence.tokens.start;
            if let (true, Some((start, _))) = (offsets, unit.place) {
                let gap = start.saturating_sub(written);
                let fill = if first_of_paragraph && !out.sentences.is_empty() { "\n" } else { " " };
                blank = fill.repeat(gap);
            } else if first_of_paragraph && !out.sentences.is_empty() && !blank.contains("\n\n") {
                blank = "\n\n".into();
            }
            if !blank.is_empty()
                && let Some(last) = out.tokens.last_mut()
            {
                last.space_after = true;
            }
            written += blank.chars().count() + unit.form.chars().count();
            out.text.push_str(&blank);
            push(&mut out, sheet, unit)?;
            blank = match (value(unit.misc, &["SpacesAfter"]), &spaces) {
                (Some(spaces), _) => unescaped(spaces),
                (None, Some(spaces)) => (if spaces.get(number) == Some(&false) { "" } else { " " }).into(),
                (None, None) => (if value(unit.misc, &["SpaceAfter"]) == Some("No") { "" } else { " " }).into(),
            };
            number += 1;
        }
        if new && !out.sentences.is_empty() {
            paragraph += 1;
        }
        let tokens = sentence.tokens.clone();
        let span = out.tokens[tokens.start].span.cover(out.tokens[tokens.end - 1].span);
        out.sentences.push(Sentence { span, tokens, zone: sentence.zone, paragraph });
    }
    if let Some(last) = out.tokens.last_mut() {
        last.space_after = true;
    }
    Ok(out)
}

fn begins_paragraph(comment: &str) -> bool {
    let name = comment.trim_start_matches('#').trim_start();
    name.starts_with("newdoc") || name.strip_prefix("newpar").is_some_and(|rest| !rest.starts_with('_'))
}

/// Whether every unit has a place, as long as its word, after the one before and not far from it.
fn offsets_fit(units: &[Unit<'_>]) -> bool {
    let mut free = 0;
    units.iter().all(|unit| {
        let Some((start, end)) = unit.place else { return false };
        let fits =
            start >= free && start - free <= WIDEST_GAP && end == start.saturating_add(unit.form.chars().count());
        free = end;
        fits
    })
}

/// For each written word of a sentence whether `# text` has white space after it, if the sentence has no other sign of it
/// and `# text` holds its words.
fn spaces_by_text(sheet: &Sheet, sentence: &Sentence, comments: &[String]) -> Option<Vec<bool>> {
    let told = |misc: &str| value(misc, &["SpaceAfter", "SpacesAfter"]).is_some();
    let range_told = sheet.ranges.iter().any(|r| sentence.tokens.contains(&r.0) && told(&r.3));
    if range_told || sheet.misc[sentence.tokens.clone()].iter().any(|misc| told(misc)) {
        return None;
    }
    let comment = comments.iter().find_map(|c| c.trim_start_matches('#').trim_start().strip_prefix("text"))?;
    let mut rest = comment.trim_start().strip_prefix('=')?.trim();
    let mut out = Vec::new();
    let mut i = sentence.tokens.start;
    while i < sentence.tokens.end {
        let range = sheet.ranges.iter().find(|range| range.0 == i);
        let form = match range {
            Some((_, _, form, _)) => form,
            None => sheet.lines[i].1.split('\t').nth(1).unwrap_or_default(),
        };
        rest = rest.strip_prefix(form)?;
        out.push(rest.is_empty() || rest.starts_with(char::is_whitespace));
        rest = rest.trim_start();
        i += range.map_or(1, |range| range.1);
    }
    rest.is_empty().then_some(out)
}

/// `\s`, `\n`, `\r`, `\t` and `\p` of `SpacesAfter`; all else that is not white space is left out.
fn unescaped(spaces: &str) -> String {
    let mut out = String::new();
    let mut chars = spaces.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'r') => out.push('\n'),
                Some('s' | 't') => out.push(' '),
                _ => {}
            },
            c if c.is_whitespace() => out.push(c),
            _ => {}
        }
    }
    out.truncate(WIDEST_GAP.min(out.len()));
    out
}

/// Writes a unit at the end of the text, and cuts it into its tokens: where they add up to it there, else into parts of
/// the same length.
fn push(out: &mut Placed, sheet: &Sheet, unit: &Unit<'_>) -> Result<(), ConlluError> {
    let start = out.text.len();
    out.text.push_str(unit.form);
    let form = |i: usize| sheet.lines[i].1.split('\t').nth(1).unwrap_or_default();
    let words: Vec<&str> = (unit.first..unit.first + unit.count).map(form).collect();
    let mut cuts: Vec<usize> = Vec::with_capacity(unit.count + 1);
    if unit.count == 1 || words.concat() == unit.form {
        let ends = words.iter().scan(0, |sum, word| {
            *sum += word.len();
            Some(*sum)
        });
        cuts.push(0);
        cuts.extend(ends.take(unit.count - 1));
    } else {
        let places: Vec<usize> = unit.form.char_indices().map(|(at, _)| at).collect();
        if places.len() < unit.count {
            let line = sheet.lines[unit.first].0;
            return Err(ConlluError::Range { line, form: unit.form.to_owned(), words: unit.count });
        }
        cuts.extend((0..unit.count).map(|k| places[k * places.len() / unit.count]));
    }
    cuts.push(unit.form.len());
    for (k, pair) in cuts.windows(2).enumerate() {
        out.tokens.push(Token { span: Span::new(start + pair[0], start + pair[1]), joined: k > 0, space_after: false });
    }
    Ok(())
}
