//! Days as web pages write them: ISO 8601, numbers in the order of the country, month names of twelve and more languages.

use crate::model::Day;

/// Names and short names of the months, in English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish,
/// Norwegian, Polish, Czech, Russian, Ukrainian, Turkish, Romanian, Hungarian, Finnish, Indonesian and Greek.
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio gen genn janeiro januari janua stycznia styczeń sty ledna leden \
     января январь янв січня ocak oca ianuarie januára január tammikuuta ιανουαρίου ιαν yanvar",
    "february feb febr februar feber février févr fév febrero febbraio febb fevereiro fev februari lutego luty února únor \
     февраля февраль фев февр лютого şubat şub februarie február helmikuuta φεβρουαρίου pebruari",
    "march mar märz mrz mär mars marzo março maart mrt marts marca marzec března březen марта март мар березня mart martie \
     március márc maaliskuuta μαρτίου maret",
    "april apr avril avr abril abr aprile aprilie kwietnia kwiecień dubna duben апреля апрель апр квітня nisan nis április \
     ápr huhtikuuta απριλίου",
    "may mai mayo maggio mag maio mei maj maja května květen мая май травня mayıs május máj toukokuuta μαΐου",
    "june jun juni juin junio giugno giu junho czerwca czerwiec června červen июня июнь июн червня haziran haz iunie június \
     jún kesäkuuta ιουνίου",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec července červenec июля июль июл липня temmuz tem iulie \
     július júl heinäkuuta ιουλίου",
    "august aug août aout agosto ago agto augustus augusti sierpnia sierpień srpna srpen августа август авг серпня ağustos \
     ağu augusztus elokuuta αυγούστου agustus agt",
    "september sep sept septembre septiembre settembre sett set setembro września wrzesień září сентября сентябрь сен сент \
     вересня eylül eyl septembrie szeptember szept syyskuuta σεπτεμβρίου",
    "october oct oktober okt octobre octubre ottobre ott outubro out października październik října říjen октября октябрь \
     окт жовтня ekim eki octombrie október lokakuuta οκτωβρίου",
    "november nov novembre noviembre novembro listopada listopad listopadu ноября ноябрь ноя нояб kasım kas noiembrie \
     marraskuuta νοεμβρίου nopember",
    "december dec dez dezember décembre déc diciembre dic dicembre dezembro desember des grudnia grudzień prosince prosinec \
     декабря декабрь дек грудня aralık ara decembrie joulukuuta δεκεμβρίου",
];

/// Words between the parts of a date.
const BETWEEN: &[&str] = &["de", "del", "of", "the", "a", "år", "г", "року", "den", "le", "il", "ngày", "d"];

/// A part of a text: a number with its digits, or a word.
enum Part<'a> {
    Number(u32, usize),
    Word(&'a str),
}

/// The first day that a text names, if any. `month_first` says how `3/4/2024` is read where both orders are possible.
pub(in crate::ingest::readers) fn day_in(text: &str, month_first: bool) -> Option<Day> {
    let lower = text.to_lowercase();
    let parts = parts(&lower);
    (0..parts.len()).find_map(|at| day_at(&parts[at..], month_first))
}

/// A part with the mark that follows it.
type Marked<'a> = (Part<'a>, Option<char>);

/// Numbers and words with the mark that follows each.
fn parts(text: &str) -> Vec<Marked<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same: fn(char) -> bool = if first.is_ascii_digit() {
            |c| c.is_ascii_digit()
        } else if first.is_alphabetic() {
            |c| c.is_alphabetic()
        } else {
            rest = &rest[first.len_utf8()..];
            continue;
        };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let part = match word.parse() {
            Ok(number) if first.is_ascii_digit() => Part::Number(number, word.len()),
            _ => Part::Word(word),
        };
        parts.push((part, after.chars().next()));
        rest = after;
        // Pages are long, and a date stands in few words; callers give short texts.
        if parts.len() > 2_000 {
            break;
        }
    }
    parts
}

fn day_at(parts: &[Marked<'_>], month_first: bool) -> Option<Day> {
    match parts {
        // 2024-03-04, 2024/3/4, 2024.3.4, 2024年3月4日
        [(Part::Number(y, 4), a), (Part::Number(m, 1..=2), b), (Part::Number(d, 1..=2), _), ..]
            if a == b && matches!(a, Some('-' | '/' | '.' | '–' | '‑')) =>
        {
            day(*y, *m, *d)
        }
        [
            (Part::Number(y, 4), _),
            (Part::Word("年" | "년"), _),
            (Part::Number(m, _), _),
            (Part::Word("月" | "월"), _),
            (Part::Number(d, _), _),
            ..,
        ] => day(*y, *m, *d),
        // 20240304, 20240304T1000
        [(Part::Number(n, 8), _), ..] => day(n / 10_000, n / 100 % 100, n % 100),
        [(Part::Number(a, 1..=2), x), (Part::Number(b, 1..=2), y), (Part::Number(year, 4), _), ..]
            if x == y && matches!(x, Some('-' | '/' | '.')) =>
        {
            numbers(*a, *b, *year, month_first && *x != Some('.'))
        }
        // 04.03.24, of which only the dots tell the order
        [
            (Part::Number(a, 1..=2), Some('.')),
            (Part::Number(b, 1..=2), Some('.')),
            (Part::Number(year @ 5..=40, 2), end),
            ..,
        ] if *end != Some('.') && *end != Some(':') => day(2_000 + year, *b, *a),
        [(Part::Number(d, 1..=2), _), rest @ ..] => {
            let rest = skip(rest, &["st", "nd", "rd", "th", "er", "º", "ª", "o"]);
            let (month, rest) = month(skip(rest, BETWEEN))?;
            day(year(skip(rest, BETWEEN))?, month, *d)
        }
        [(Part::Number(y, 4), _), rest @ ..] => {
            let (month, rest) = month(skip(rest, BETWEEN))?;
            let [(Part::Number(d, 1..=2), _), ..] = rest else { return None };
            day(*y, month, *d)
        }
        [(Part::Word(_), _), ..] => {
            let (month, rest) = month(parts)?;
            let [(Part::Number(d, 1..=2), _), rest @ ..] = skip(rest, BETWEEN) else { return None };
            let rest = skip(rest, &["st", "nd", "rd", "th"]);
            // "Nov 19 04:00:00 EST 2019" and "Nov 19, 6:51 AM, 2019"
            let year = year(skip(rest, BETWEEN)).or_else(|| {
                rest.iter().take(7).find_map(|(part, _)| match part {
                    Part::Number(y @ 1990..=2100, 4) => Some(*y),
                    _ => None,
                })
            })?;
            day(year, month, *d)
        }
        _ => None,
    }
}

fn skip<'p, 'a>(parts: &'p [Marked<'a>], words: &[&str]) -> &'p [Marked<'a>] {
    match parts {
        [(Part::Word(word), _), rest @ ..] if words.contains(word) => rest,
        _ => parts,
    }
}

fn month<'p, 'a>(parts: &'p [Marked<'a>]) -> Option<(u32, &'p [Marked<'a>])> {
    let [(Part::Word(word), _), rest @ ..] = parts else { return None };
    let at = MONTHS.iter().position(|names| names.split_ascii_whitespace().any(|name| name == *word))?;
    Some((at as u32 + 1, rest))
}

fn year(parts: &[Marked<'_>]) -> Option<u32> {
    match parts {
        [(Part::Number(year, 4), _), ..] => Some(*year),
        _ => None,
    }
}

fn numbers(a: u32, b: u32, year: u32, month_first: bool) -> Option<Day> {
    let (d, m) = if b > 12 || (month_first && a <= 12) { (b, a) } else { (a, b) };
    day(year, m, d)
}

/// A day of the web: pages were not written before 1990.
fn day(year: u32, month: u32, day: u32) -> Option<Day> {
    (1990..=2100).contains(&year).then(|| Day::from_ymd(year as i32, month, day)).flatten()
}

/// The day in an address: `/2024/03/04/`, `2024-03-04`, `/20240304`.
pub(super) fn day_in_address(url: &str) -> Option<Day> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let path = &path[path.find('/')?..];
    let numbers: Vec<(&str, usize)> = path
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .map(|n| (n, n.as_ptr() as usize - path.as_ptr() as usize))
        .collect();
    let number = |i: usize| numbers.get(i).and_then(|(n, _)| n.parse::<u32>().ok());
    for i in 0..numbers.len() {
        let (first, at) = numbers[i];
        let starts = at == 0 || !path.as_bytes()[at - 1].is_ascii_alphanumeric();
        if first.len() == 8 && starts {
            let found = number(i).and_then(|n| day(n / 10_000, n / 100 % 100, n % 100));
            if found.is_some() {
                return found;
            }
        }
        let close = |j: usize| {
            let (Some((a, x)), Some((_, y))) = (numbers.get(j), numbers.get(j + 1)) else { return false };
            x + a.len() + 1 == *y && matches!(path.as_bytes()[y - 1], b'/' | b'-' | b'_')
        };
        if first.len() == 4
            && starts
            && close(i)
            && close(i + 1)
            && numbers[i + 1].0.len() <= 2
            && numbers[i + 2].0.len() <= 2
            && (numbers[i + 2].0.len() == 2 || !path[numbers[i + 2].1 + 1..].starts_with(['-', '_']))
            && let (Some(y), Some(m), Some(d)) = (number(i), number(i + 1), number(i + 2))
            && let Some(found) = day(y, m, d)
        {
            return Some(found);
        }
        // 4-3-2024, in the order of most of the world
        if first.len() <= 2
            && starts
            && close(i)
            && close(i + 1)
            && numbers[i + 1].0.len() <= 2
            && numbers[i + 2].0.len() == 4
            && let (Some(d), Some(m), Some(y)) = (number(i), number(i + 1), number(i + 2))
            && let Some(found) = day(y, m, d)
        {
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        day_in(text, true).map(|d| d.to_string())
    }

    #[test]
    fn days_of_many_countries() {
        for text in [
            "2024-03-04T23:10:00+02:00",
            "20240304",
            "4. März 2024",
            "le 4 mars 2024 à 10:00",
            "4 de marzo de 2024",
            "4 марта 2024 г.",
            "Monday, March 4th, 2024 at 5pm",
            "Mon Mar 04 10:11:12 CET 2024",
            "04.03.2024",
            "04.03.24, 10:00",
            "3/4/2024",
            "2024. március 4.",
            "2024年3月4日",
            "4 marca 2024",
            "4 Mart 2024",
            "Updated 4:05 PM ET, Mon March 4, 2024",
        ] {
            assert_eq!(found(text).as_deref(), Some("2024-03-04"), "{text}");
        }
        assert_eq!(day_in("3/4/2024", false).unwrap().to_string(), "2024-04-03");
        for text in ["March 2024", "10:20:30", "1.2.3", "31 February 2024", "in 2024 and 3 more"] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn days_in_addresses() {
        let day = |url| day_in_address(url).map(|d| d.to_string());
        assert_eq!(day("https://x.example/2024/03/04/rain").as_deref(), Some("2024-03-04"));
        assert_eq!(day("https://x.example/news/rain-2024-03-04").as_deref(), Some("2024-03-04"));
        assert_eq!(day("https://x.example/20240304/rain").as_deref(), Some("2024-03-04"));
        assert_eq!(day("https://x.example/4-3-2024").as_deref(), Some("2024-03-04"));
        assert_eq!(day("https://x.example/2024/03/4-ways-to-stay-dry"), None);
        assert_eq!(day("https://x.example/2024/rain-3-4"), None);
        assert_eq!(day("https://x.example/a12345678"), None);
    }
}
