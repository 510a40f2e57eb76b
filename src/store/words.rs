//! Searching for words: what a user types as a query of the search index, and which way to its events is short.

use std::fmt::Write;

use rusqlite::Connection;

use super::Fault;
use super::bits::Bits;

/// How to find the first events whose sentences hold some words.
pub(super) enum Way {
    /// Look at all the sentences: they are few.
    Look,
    /// Walk the events in order until enough of them are told in one of these sentences.
    Walk(Bits),
    /// Walk the events in order and ask the search index of each: the words are nearly everywhere.
    Ask,
}

/// Up to so many sentences are looked at: about 3 µs each, and the walk through a million events takes no longer.
const FEW: usize = 2_000;

/// To list all sentences of the words takes about 0.1 µs for each, to ask of one sentence 15 to 30 µs. The share of the sentences from
/// which on asking until a hundred events are found is faster, in a million events.
const EVERYWHERE: f64 = 0.18;

impl Way {
    /// The way for a query of the search index.
    pub fn of(conn: &Connection, query: &str) -> Result<Way, Fault> {
        let some = |order: &str| {
            let mut some = conn.prepare_cached(&format!(
                "SELECT rowid FROM sentence_fts WHERE text MATCH ?1 ORDER BY rowid {order} LIMIT {}",
                FEW + 1
            ))?;
            let ids = some.query_map([query], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
            Ok::<_, Fault>(ids)
        };
        let first = some("")?;
        if first.len() <= FEW {
            return Ok(Way::Look);
        }
        let last = some("DESC")?;
        // A word of some articles only is not everywhere: both ends of the list must be dense.
        let share = |ids: &[i64]| match ids {
            [a, .., b] => ids.len() as f64 / (a.abs_diff(*b) as f64 + 1.0),
            _ => 0.0,
        };
        if share(&first).min(share(&last)) >= EVERYWHERE {
            return Ok(Way::Ask);
        }
        let mut sentences = Bits::default();
        let mut all = conn.prepare_cached("SELECT rowid FROM sentence_fts WHERE text MATCH ?1")?;
        let mut rows = all.query([query])?;
        while let Some(row) = rows.next()? {
            if !sentences.add(row.get(0)?) {
                return Ok(Way::Look);
            }
        }
        Ok(Way::Walk(sentences))
    }
}

/// The words of a search as an FTS5 query that means just them: every word, or phrase in quotation marks, must occur; `*`
/// after a word stands for any ending. Nothing a user types is syntax beyond that.
pub(super) fn fts_query(text: &str) -> Result<String, Fault> {
    let mut query = String::new();
    for (i, part) in text.split('"').enumerate() {
        let phrases: Vec<&str> = if i % 2 == 1 { vec![part] } else { part.split_whitespace().collect() };
        for phrase in phrases.into_iter().filter(|p| p.chars().any(char::is_alphanumeric)) {
            let prefix = i % 2 == 0 && phrase.ends_with('*');
            let clean: String = phrase.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let _ = write!(
                query,
                "{}\"{clean}\"{}",
                if query.is_empty() { "" } else { " " },
                if prefix { "*" } else { "" }
            );
        }
    }
    if query.is_empty() { Err(Fault::NoWords(text.to_owned())) } else { Ok(query) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_only_words() {
        assert_eq!(fts_query("peace plan").unwrap(), "\"peace\" \"plan\"");
        assert_eq!(fts_query("\"peace plan\" Kyiv").unwrap(), "\"peace plan\" \"Kyiv\"");
        assert_eq!(
            fts_query("NEAR(a OR b) NOT col:c^ -x").unwrap(),
            "\"NEAR(a\" \"OR\" \"b)\" \"NOT\" \"col:c^\" \"-x\""
        );
        assert_eq!(fts_query("captur*").unwrap(), "\"captur*\"*");
        assert_eq!(fts_query("say \"unfinished").unwrap(), "\"say\" \"unfinished\"");
        assert!(matches!(fts_query(" - \" * "), Err(Fault::NoWords(_))));
    }
}
