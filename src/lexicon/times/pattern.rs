//! The `pattern` of a rule: words, marks, `<slots>`, `[optional]` parts and `(one|of|these)`.

use std::rc::Rc;

/// What stands between a piece and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// Nothing.
    Touch,
    /// White space or nothing: `_`.
    Maybe,
    /// White space.
    Space,
    /// White space, or a hyphen without space: `~`.
    Dash,
}

/// One piece of a pattern without choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A lower-case word.
    Word(Rc<str>),
    /// A run of digits.
    Digits(Rc<str>),
    /// A mark.
    Mark(char),
    /// A slot: what it takes, and the name that the value uses. `<year.2>` takes a year and is called `year.2`;
    /// `<day=day-th>` takes a `day-th` and is called `day`.
    Slot(Rc<str>, Rc<str>),
}

/// A pattern without choices.
pub type Sequence = Vec<(Gap, Piece)>;

/// Most sequences that the choices of one pattern may make.
const MOST: usize = 2000;

/// All sequences that a pattern allows. The error says what is wrong.
pub fn parse(text: &str) -> Result<Vec<Sequence>, String> {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    let found = alternatives(&chars, &mut at, 0)?;
    if at < chars.len() {
        return Err(format!("'{}' closes nothing", chars[at]));
    }
    if found.iter().any(|s| s.0.is_empty()) {
        return Err("the pattern can match nothing at all".into());
    }
    let mut all: Vec<Sequence> = found.into_iter().map(|s| s.0).collect();
    // What stands before the first piece does not matter.
    all.iter_mut().filter_map(|s| s.first_mut()).for_each(|first| first.0 = Gap::Touch);
    Ok(all)
}

/// A sequence and the gap that waits for its next piece.
type Open = (Sequence, Gap);

fn alternatives(chars: &[char], at: &mut usize, depth: usize) -> Result<Vec<Open>, String> {
    if depth > 8 {
        return Err("brackets are nested too deeply".into());
    }
    let mut all = Vec::new();
    loop {
        all.extend(sequence(chars, at, depth)?);
        if chars.get(*at) == Some(&'|') {
            *at += 1;
        } else {
            return Ok(all);
        }
    }
}

/// The gap of two gaps in a row, when an optional piece between them is left out.
fn both(a: Gap, b: Gap) -> Gap {
    match (a, b) {
        (Gap::Touch, g) | (g, Gap::Touch) => g,
        _ => a.max(b),
    }
}

fn sequence(chars: &[char], at: &mut usize, depth: usize) -> Result<Vec<Open>, String> {
    let mut open: Vec<Open> = vec![(Vec::new(), Gap::Touch)];
    while let Some(&c) = chars.get(*at) {
        let gap = match c {
            '|' | ')' | ']' => break,
            c if c.is_whitespace() => Some(Gap::Space),
            '~' => Some(Gap::Dash),
            '_' => Some(Gap::Maybe),
            _ => None,
        };
        if let Some(gap) = gap {
            *at += 1;
            open.iter_mut().for_each(|o| o.1 = both(o.1, gap));
            continue;
        }
        let parts = match c {
            '(' | '[' => {
                *at += 1;
                let mut inner = alternatives(chars, at, depth + 1)?;
                let close = if c == '(' { ')' } else { ']' };
                if chars.get(*at) != Some(&close) {
                    return Err(format!("'{c}' is not closed by '{close}'"));
                }
                *at += 1;
                if c == '[' {
                    inner.push((Vec::new(), Gap::Touch));
                }
                inner
            }
            _ => vec![(vec![(Gap::Touch, piece(chars, at)?)], Gap::Touch)],
        };
        let mut next = Vec::with_capacity(open.len() * parts.len());
        for (left, gap) in &open {
            for (right, after) in &parts {
                let mut joined = left.clone();
                let mut right = right.clone();
                let after = match right.first_mut() {
                    Some(first) => {
                        first.0 = both(*gap, first.0);
                        *after
                    }
                    None => both(*gap, *after),
                };
                joined.extend(right);
                next.push((joined, after));
            }
        }
        if next.len() > MOST {
            return Err(format!("the choices make more than {MOST} sequences; split the rule or use a phrase"));
        }
        open = next;
    }
    Ok(open)
}

fn piece(chars: &[char], at: &mut usize) -> Result<Piece, String> {
    let start = *at;
    let run = |at: &mut usize, test: fn(char) -> bool| {
        while chars.get(*at).is_some_and(|c| test(*c)) {
            *at += 1;
        }
    };
    let c = chars[start];
    if c == '<' {
        while chars.get(*at).is_some_and(|c| *c != '>') {
            *at += 1;
        }
        if chars.get(*at).is_none() {
            return Err("'<' is not closed by '>'".into());
        }
        let label: String = chars[start + 1..*at].iter().collect();
        *at += 1;
        return Ok(match label.split_once('=') {
            Some((name, takes)) => Piece::Slot(takes.into(), name.into()),
            None => Piece::Slot(label.split('.').next().unwrap_or_default().into(), label.into()),
        });
    }
    if c.is_alphabetic() {
        run(at, char::is_alphabetic);
        let word: String = chars[start..*at].iter().collect();
        return if word.chars().any(char::is_uppercase) {
            Err(format!("\"{word}\" has capitals; patterns are lower case and match any case"))
        } else {
            Ok(Piece::Word(word.into()))
        };
    }
    if c.is_ascii_digit() {
        run(at, |c| c.is_ascii_digit());
        let digits: String = chars[start..*at].iter().collect();
        return Ok(Piece::Digits(digits.into()));
    }
    *at += 1;
    // A mark that the notation uses is written after a backslash.
    if c == '\\' {
        let mark = chars.get(*at).copied().ok_or("a mark is missing after '\\'")?;
        *at += 1;
        return Ok(Piece::Mark(mark));
    }
    Ok(Piece::Mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        let gap = |g| match g {
            Gap::Touch => "",
            Gap::Maybe => "_",
            Gap::Space => " ",
            Gap::Dash => "~",
        };
        let piece = |p: &Piece| match p {
            Piece::Word(w) | Piece::Digits(w) => w.to_string(),
            Piece::Mark(c) => c.to_string(),
            Piece::Slot(takes, name) => format!("<{takes}={name}>"),
        };
        match parse(text) {
            Ok(all) => {
                all.iter().map(|s| s.iter().map(|(g, p)| format!("{}{}", gap(*g), piece(p))).collect()).collect()
            }
            Err(e) => vec![e],
        }
    }

    #[test]
    fn choices_are_spelt_out() {
        assert_eq!(
            show("[the] (early|late) <year.1>"),
            ["the early <year=year.1>", "the late <year=year.1>", "early <year=year.1>", "late <year=year.1>",]
        );
        assert_eq!(show("mid~<month>[,] x"), ["mid~<month=month>, x", "mid~<month=month> x"]);
        assert_eq!(show("p.m."), ["p.m."]);
    }

    #[test]
    fn mistakes_are_told() {
        assert_eq!(show("(a|b"), ["'(' is not closed by ')'"]);
        assert_eq!(show("a)"), ["')' closes nothing"]);
        assert_eq!(show("[a]"), ["the pattern can match nothing at all"]);
        assert_eq!(show("May"), ["\"May\" has capitals; patterns are lower case and match any case"]);
        assert_eq!(show("<year"), ["'<' is not closed by '>'"]);
    }
}
