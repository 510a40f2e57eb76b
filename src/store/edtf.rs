//! EDTF dates that follow from the other columns of a row, and so are not stored: see `migrations/0018_smaller_rows.sql`,
//! whose views make the same.

use crate::model::{Day, Granularity, Interval, When};

use super::summary::granularity;

/// Before 0000-01-01 SQLite and EDTF write years in different ways.
const FIRST: i32 = -719_528;

/// The date that follows from the days, their granularity, and whether they are approximate.
pub(super) fn implied(interval: Interval, granularity: Granularity, approximate: bool) -> Option<String> {
    let (from, to) = match (interval.from(), interval.to()) {
        (None, None) => return None,
        (None, Some(to)) => return Some(format!("../{to}")),
        (Some(from), None) => return Some(format!("{from}/..")),
        (Some(from), Some(to)) => (from, to),
    };
    let first = from.to_string();
    Some(match granularity {
        _ if from == to => first + if approximate { "~" } else { "" },
        Granularity::Year => first[..first.len() - "-01-01".len()].to_owned(),
        Granularity::Month => first[..first.len() - "-01".len()].to_owned(),
        _ => format!("{first}/{to}"),
    })
}

/// What is stored of a date: nothing if it follows from the rest.
pub(super) fn stored(when: &When) -> Option<&str> {
    let edtf = when.edtf.as_deref().filter(|e| !e.is_empty())?;
    let shown = |day: Option<Day>| day.is_none_or(|day| day.number() >= FIRST);
    let interval = when.interval;
    let follows = shown(interval.from())
        && shown(interval.to())
        && implied(interval, granularity(when), when.approximate).as_deref() == Some(edtf);
    if follows { None } else { Some(edtf) }
}

#[cfg(test)]
mod tests {
    use super::super::{codes::AllCodes, open};
    use super::*;

    /// What Rust makes of the columns is what the view makes of them.
    #[test]
    fn the_views_make_the_same_dates() {
        let conn = open::in_memory().unwrap();
        let codes = AllCodes::load(&conn).unwrap();
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        let day = |n: i32| Day::from_number(n);
        let mut put = conn
            .prepare(
                "INSERT INTO mention (article_id, mention, event_id, sentence, trigger_start, trigger_end, lemma, type_id,
                     date_from, date_to, granularity_id, basis_id, approximate, inferred, polarity_id, modality_id,
                     aspect_id, headline, confidence)
                 VALUES (1, 0, 1, 0, 0, 0, '', 0, ?1, ?2, ?3, 0, ?4, 0, 0, 0, 0, '', 0)",
            )
            .unwrap();
        conn.execute_batch(
            "INSERT INTO article (id, ingested_at, sha256, body_start, text) VALUES (1, 0, printf('%064d', 0), 0, '');
             INSERT INTO sentence VALUES (1, 0, 0, 0, 0, 0)",
        )
        .unwrap();
        for from in [None, day(FIRST), day(0), day(19_000), day(Day::MAX.number() - 400)] {
            for to in [from, from.and_then(|d| d.plus(400)), day(Day::MAX.number())] {
                for granularity in Granularity::ALL.iter().copied() {
                    for approximate in [false, true] {
                        let interval = Interval::new(from, to).unwrap();
                        let id = codes.granularity.id(granularity).unwrap();
                        let ends = (from.map(Day::number), to.map(Day::number));
                        put.execute((ends.0, ends.1, id, approximate)).unwrap();
                        let shown: Option<String> =
                            conn.query_row("SELECT \"when\" FROM event_full", [], |row| row.get(0)).unwrap();
                        assert_eq!(shown, implied(interval, granularity, approximate), "{interval:?} {granularity}");
                        conn.execute_batch("DELETE FROM mention").unwrap();
                    }
                }
            }
        }
    }

    #[test]
    fn only_what_does_not_follow_is_stored() {
        let of = |from: &str, to: &str, granularity, edtf: &str| {
            let interval = Interval::new(from.parse().ok(), to.parse().ok()).unwrap();
            let when = When { interval, granularity, edtf: Some(edtf.to_owned()), ..When::unknown() };
            stored(&when).map(str::to_owned)
        };
        assert_eq!(of("2024-05-01", "2024-05-31", Granularity::Month, "2024-05"), None);
        assert_eq!(of("2024-01-01", "2024-12-31", Granularity::Year, "2024"), None);
        assert_eq!(of("", "2024-05-31", Granularity::Range, "../2024-05-31"), None);
        assert_eq!(of("", "2024-05-31", Granularity::Range, "/2024-05-31").as_deref(), Some("/2024-05-31"));
        assert_eq!(of("1940-01-01", "1949-12-31", Granularity::Decade, "194X").as_deref(), Some("194X"));
        assert_eq!(of("-0043-03-15", "-0043-03-15", Granularity::Day, "-0043-03-15").as_deref(), Some("-0043-03-15"));
    }
}
