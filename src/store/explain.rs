//! Why an event is believed.

use rusqlite::{Row, params};

use super::entry::At;
use super::events::interval;
use super::{Fault, Store};
use crate::model::{CountKind, EventId, ExplainedMention, ExplainedTime, Explanation, Role, Span, Words};

/// Anchors of anchors are followed so far; a chain that is longer is damaged.
const LONGEST_CHAIN: usize = 20;

fn words(text: &str, row: &Row<'_>, at: usize) -> Result<Option<Words>, Fault> {
    let (start, end): (Option<u32>, Option<u32>) = (row.get(at)?, row.get(at + 1)?);
    Ok(start.zip(end).filter(|(start, end)| start <= end).map(|(start, end)| {
        let span = Span { start, end };
        Words { span, text: span.of(text).to_owned() }
    }))
}

fn must<T>(value: Option<T>) -> Result<T, Fault> {
    value.ok_or(Fault::Unknown { what: "span", found: "NULL".to_owned() })
}

impl Store {
    pub(super) fn read_explanation(&self, id: EventId) -> Result<Explanation, Fault> {
        let _snapshot = super::snapshot(&self.conn)?;
        let entry = self.read_entry(id, None)?;
        let id = entry.id;
        let mut article = self.conn.prepare_cached("SELECT text FROM article WHERE id = ?1")?;
        let mut mentions = Vec::new();
        for (evidence, at) in self.evidence_of(id, None)?.into_iter().enumerate() {
            let text: String = article.query_row([at.article], |row| row.get(0))?;
            mentions.push(self.explain_mention(evidence, at, &text)?);
        }
        Ok(Explanation { entry, mentions })
    }

    fn explain_mention(&self, evidence: usize, at: At, text: &str) -> Result<ExplainedMention, Fault> {
        let mut query = self.conn.prepare_cached(
            "SELECT s.start, s.end, m.trigger_start, m.trigger_end, m.timex, m.place_start, m.place_end, p.name, u.name,
                    m.attribution_start, m.attribution_end
             FROM mention m JOIN sentence s ON s.article_id = m.article_id AND s.sentence = m.sentence
             LEFT JOIN place p ON p.id = m.place_id LEFT JOIN rule u ON u.id = m.place_rule_id
             WHERE m.article_id = ?1 AND m.mention = ?2",
        )?;
        let mut rows = query.query(params![at.article, at.mention])?;
        let row = must(rows.next()?)?;
        let place = match (words(text, row, 5)?, row.get(7)?) {
            (Some(words), Some(name)) => Some((words, name, row.get::<_, Option<String>>(8)?.unwrap_or_default())),
            _ => None,
        };
        Ok(ExplainedMention {
            evidence,
            number: at.mention,
            sentence: must(words(text, row, 0)?)?,
            trigger: must(words(text, row, 2)?)?,
            times: self.explain_times(at, row.get(4)?, text)?,
            participants: self.explain_participants(at, text)?,
            place,
            attribution: words(text, row, 9)?,
            counts: self.explain_counts(at, text)?,
            reasons: self.explain_reasons(at, text)?,
        })
    }

    /// The time expression of a mention, its anchor, and so on.
    fn explain_times(&self, at: At, timex: Option<i64>, text: &str) -> Result<Vec<ExplainedTime>, Fault> {
        let mut query = self.conn.prepare_cached(
            "SELECT t.start, t.end, t.value, t.placed, t.date_from, t.date_to, t.basis_id, u.name, t.note, t.anchor,
                    n.start, n.end
             FROM timex t JOIN rule u ON u.id = t.rule_id
             LEFT JOIN timex n ON n.article_id = t.article_id AND n.timex = t.until
             WHERE t.article_id = ?1 AND t.timex = ?2",
        )?;
        let mut times = Vec::new();
        let mut next = timex;
        while let Some(timex) = next.filter(|_| times.len() < LONGEST_CHAIN) {
            let mut rows = query.query(params![at.article, timex])?;
            let row = must(rows.next()?)?;
            let placed: bool = row.get(3)?;
            times.push(ExplainedTime {
                words: must(words(text, row, 0)?)?,
                until: words(text, row, 10)?,
                value: row.get(2)?,
                interval: if placed { Some(interval(row.get(4)?, row.get(5)?)?) } else { None },
                basis: self.codes.basis.value(row.get(6)?)?,
                rule: row.get(7)?,
                note: row.get(8)?,
            });
            next = row.get(9)?;
        }
        Ok(times)
    }

    #[allow(clippy::type_complexity)]
    fn explain_participants(&self, at: At, text: &str) -> Result<Vec<(Role, Words, Option<String>, String)>, Fault> {
        let mut query = self.conn.prepare_cached(
            "SELECT x.start, x.end, x.role_id, a.name, u.name
             FROM participant x LEFT JOIN actor a ON a.id = x.actor_id JOIN rule u ON u.id = x.rule_id
             WHERE x.article_id = ?1 AND x.mention = ?2 ORDER BY x.participant",
        )?;
        let mut rows = query.query(params![at.article, at.mention])?;
        let mut participants = Vec::new();
        while let Some(row) = rows.next()? {
            let role = self.codes.role.value(row.get(2)?)?;
            participants.push((role, must(words(text, row, 0)?)?, row.get(3)?, row.get(4)?));
        }
        Ok(participants)
    }

    fn explain_counts(&self, at: At, text: &str) -> Result<Vec<(CountKind, Words)>, Fault> {
        let mut query = self.conn.prepare_cached(
            "SELECT start, end, kind_id FROM count WHERE article_id = ?1 AND mention = ?2 ORDER BY count",
        )?;
        let mut rows = query.query(params![at.article, at.mention])?;
        let mut counts = Vec::new();
        while let Some(row) = rows.next()? {
            counts.push((self.codes.count_kind.value(row.get(2)?)?, must(words(text, row, 0)?)?));
        }
        Ok(counts)
    }

    fn explain_reasons(&self, at: At, text: &str) -> Result<Vec<(String, String, Option<Words>)>, Fault> {
        let mut query = self.conn.prepare_cached(
            "SELECT x.start, x.end, x.field, u.name FROM reason x JOIN rule u ON u.id = x.rule_id
             WHERE x.article_id = ?1 AND x.mention = ?2 ORDER BY x.reason",
        )?;
        let mut rows = query.query(params![at.article, at.mention])?;
        let mut reasons = Vec::new();
        while let Some(row) = rows.next()? {
            reasons.push((row.get(2)?, row.get(3)?, words(text, row, 0)?));
        }
        Ok(reasons)
    }
}
