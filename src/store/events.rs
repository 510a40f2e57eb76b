//! Which event a mention belongs to, and what an event is after its mentions changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::Connection;

use super::Fault;
use super::candidates::{candidates, facts_of, new_facts};
use super::codes::AllCodes;
use super::copies::{self, Copied};
use super::counts;
use super::decisions;
use super::edtf;
use super::event_rows::put;
use super::summary::{MentionFacts, Summary, summarise};
use crate::model::{Analysis, Day, EventMention, Interval, Linker, Span, When};
use crate::text::fold;

/// A mention that stood in the database before its article was analysed again.
pub(super) struct OldMention {
    pub event: i64,
    trigger: Span,
    type_id: i64,
    lemma: String,
}

/// What counts as one source: the outlet; else the host of the address; else the article itself.
pub(super) fn source_key(source: Option<&str>, url: Option<&str>, article: i64) -> String {
    let host = |url: &str| {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_lowercase();
        host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
    };
    match (source.map(fold).filter(|s| !s.is_empty()), url.map(host).filter(|h| !h.is_empty())) {
        (Some(source), _) => source,
        (None, Some(host)) => host,
        (None, None) => format!("article {article}"),
    }
}

/// Takes the analysis of an article out of the database. The events stay, for the new analysis to find again.
pub(super) fn forget(write: &Connection, article: i64) -> Result<Vec<OldMention>, Fault> {
    let old = write
        .prepare_cached(
            "SELECT event_id, trigger_start, trigger_end, type_id, lemma FROM mention WHERE article_id = ?1 ORDER BY mention",
        )?
        .query_map([article], |row| {
            let (start, end): (u32, u32) = (row.get(1)?, row.get(2)?);
            Ok(OldMention { event: row.get(0)?, trigger: Span { start, end }, type_id: row.get(3)?, lemma: row.get(4)? })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    write
        .prepare_cached(
            "INSERT INTO sentence_fts (sentence_fts, rowid, text) SELECT 'delete', id, text FROM sentence_text WHERE article_id = ?1",
        )?
        .execute([article])?;
    for table in ["mention", "timex", "sentence", "note"] {
        write.prepare_cached(&format!("DELETE FROM {table} WHERE article_id = ?1"))?.execute([article])?;
    }
    Ok(old)
}

/// The events of the mentions of one analysis.
pub(super) struct Assigned {
    /// Event of each mention; `None` for one of a copy that tells of something its original does not.
    pub of_mention: Vec<Option<i64>>,
    /// Why mentions were joined to an event that was there before: what the linker says of it.
    pub because: Vec<Option<String>>,
    /// Events that were there before.
    pub joined: BTreeSet<i64>,
    /// How many were made.
    pub created: usize,
}

/// Gives every mention its event. What a person decided holds. Mentions of one cluster are one event: the one they were
/// before, if the article was analysed before; that of the same words in the article of which this is a copy; else one
/// that the linker finds to be the same; else a new one. A copy makes no events.
pub(super) fn assign(
    write: &Connection,
    codes: &AllCodes,
    analysis: &Analysis,
    facts: &[MentionFacts],
    old: &[OldMention],
    linker: Option<&Linker<'_>>,
    copied: Option<&[Copied]>,
) -> Result<Assigned, Fault> {
    let mut assigned = Assigned {
        of_mention: vec![None; facts.len()],
        because: vec![None; facts.len()],
        joined: BTreeSet::new(),
        created: 0,
    };
    let article = facts.first().map(|f| f.article);
    for (event, span) in article.map(|article| decisions::of_article(write, article)).transpose()?.unwrap_or_default() {
        for (number, _) in analysis.events.iter().enumerate().filter(|(_, e)| e.trigger.span.overlaps(span)) {
            assigned.of_mention[number] = Some(event);
            assigned.because[number] = Some(BY_HAND.to_owned());
            assigned.joined.insert(event);
        }
    }
    let mut clusters: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut first: HashMap<usize, usize> = HashMap::new();
    for (number, event) in analysis.events.iter().enumerate().filter(|(n, _)| assigned.of_mention[*n].is_none()) {
        let at = *first.entry(event.cluster).or_insert(number);
        clusters.entry(at).or_default().push(number);
    }
    let before = events_before(codes, analysis, &clusters, old)?;
    let mut taken: BTreeSet<i64> = before.values().copied().collect();
    taken.extend(&assigned.joined);
    let original = copies::events_of(codes, analysis, &clusters, copied.unwrap_or_default(), &taken)?;
    for (at, members) in &clusters {
        let of_cluster: Vec<MentionFacts> = members.iter().map(|i| facts[*i].clone()).collect();
        let Some(summary) = summarise(&of_cluster) else { continue };
        let (known, because) = match (before.get(at), original.get(at)) {
            (Some(event), _) => (Some(*event), None),
            (None, Some(event)) => (Some(*event), Some("the article is a copy".to_owned())),
            (None, None) => match same_happening(write, codes, analysis, members, &summary, linker, &taken)? {
                Some((event, because)) => (Some(event), Some(because)),
                None => (None, None),
            },
        };
        let event = match known {
            Some(event) => {
                assigned.joined.insert(event);
                event
            }
            None if copied.is_some() => continue,
            None => {
                assigned.created += 1;
                put(write, codes, None, &summary)?
            }
        };
        // Two clusters of one article are two events: the analysis said so.
        taken.insert(event);
        for member in members {
            assigned.of_mention[*member] = Some(event);
            assigned.because[*member] = because.clone();
        }
    }
    Ok(assigned)
}

/// The event of another article that the linker finds to be the same happening, and why.
fn same_happening(
    write: &Connection,
    codes: &AllCodes,
    analysis: &Analysis,
    members: &[usize],
    summary: &Summary,
    linker: Option<&Linker<'_>>,
    taken: &BTreeSet<i64>,
) -> Result<Option<(i64, String)>, Fault> {
    let Some(linker) = linker else { return Ok(None) };
    let found = candidates(write, summary, taken)?;
    if found.is_empty() {
        return Ok(None);
    }
    let new = new_facts(write, analysis, members, summary)?;
    let facts = found.iter().map(|id| facts_of(write, codes, *id)).collect::<Result<Vec<_>, _>>()?;
    Ok(linker(&new, &facts).and_then(|choice| Some((*found.get(choice.candidate)?, choice.because))))
}

/// Joins an event that has changed with another that is the same after all: what came later may be what the two have in
/// common. Events that one article tells apart, and those that a person decided on, are left alone.
pub(super) fn repair(write: &Connection, codes: &AllCodes, event: i64, linker: &Linker<'_>) -> Result<(), Fault> {
    let mentions = mentions_of(write, codes, event)?;
    let Some(summary) = summarise(&mentions).filter(|_| !decisions::any(write, event).unwrap_or(true)) else {
        return Ok(());
    };
    let articles: BTreeSet<i64> = mentions.iter().map(|m| m.article).collect();
    let mut found = candidates(write, &summary, &BTreeSet::from([event]))?;
    let mut apart = Vec::new();
    for candidate in found {
        let others = mentions_of(write, codes, candidate)?;
        if !others.iter().any(|m| articles.contains(&m.article)) && !decisions::any(write, candidate)? {
            apart.push(candidate);
        }
    }
    found = apart;
    if found.is_empty() {
        return Ok(());
    }
    let new = facts_of(write, codes, event)?;
    let facts = found.iter().map(|id| facts_of(write, codes, *id)).collect::<Result<Vec<_>, _>>()?;
    if let Some(other) = linker(&new, &facts).and_then(|choice| found.get(choice.candidate)) {
        decisions::merge(write, codes, event.min(*other), event.max(*other))?;
    }
    Ok(())
}

/// The reason of a mention that a person put into its event.
pub(super) const BY_HAND: &str = "decided by hand";

/// The event that each cluster was before: the one whose old mentions share most trigger words with it. An event goes
/// to one cluster only, the one with the best claim.
fn events_before(
    codes: &AllCodes,
    analysis: &Analysis,
    clusters: &BTreeMap<usize, Vec<usize>>,
    old: &[OldMention],
) -> Result<BTreeMap<usize, i64>, Fault> {
    let mut claims = Vec::new();
    for (at, members) in clusters {
        let mut of_event: BTreeMap<i64, usize> = BTreeMap::new();
        for event in members.iter().map(|i| &analysis.events[*i]) {
            let type_id = codes.event_type.id(event.event_type)?;
            for m in old {
                let points = claim(event, type_id, m);
                if points > 0 {
                    *of_event.entry(m.event).or_default() += points;
                }
            }
        }
        claims.extend(of_event.into_iter().map(|(event, points)| (std::cmp::Reverse(points), *at, event)));
    }
    claims.sort();
    let (mut given, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, at, event) in claims {
        if !given.contains_key(&at) && taken.insert(event) {
            given.insert(at, event);
        }
    }
    Ok(given)
}

fn claim(event: &EventMention, type_id: i64, old: &OldMention) -> usize {
    let same_words = event.trigger.span == old.trigger;
    let same_kind = type_id == old.type_id || event.trigger.lemma == old.lemma;
    match (same_words, event.trigger.span.overlaps(old.trigger), same_kind) {
        (true, _, true) => 4,
        (true, _, false) => 2,
        (false, true, true) => 2,
        _ => 0,
    }
}

/// All mentions of an event, from the rows.
pub(super) fn mentions_of(conn: &Connection, codes: &AllCodes, event: i64) -> Result<Vec<MentionFacts>, Fault> {
    let mut mentions = conn.prepare_cached(
        "SELECT m.article_id, m.mention, r.source, r.url, r.published, m.type_id, m.mode, m.contexts, m.date_from, m.date_to,
                m.granularity_id, m.edtf, m.basis_id, m.approximate, m.inferred, m.place_id, p.precision, m.polarity_id,
                m.modality_id, m.aspect_id, m.confidence, r.first_sentence + m.sentence
         FROM mention m JOIN article r ON r.id = m.article_id LEFT JOIN place p ON p.id = m.place_id
         WHERE m.event_id = ?1 ORDER BY m.article_id, m.mention",
    )?;
    let mut participants = conn.prepare_cached(
        "SELECT DISTINCT actor_id, role_id FROM participant
         WHERE article_id = ?1 AND mention = ?2 AND actor_id IS NOT NULL ORDER BY actor_id, role_id",
    )?;
    let mut rows = mentions.query([event])?;
    let mut facts = Vec::new();
    while let Some(row) = rows.next()? {
        let (article, mention): (i64, i64) = (row.get(0)?, row.get(1)?);
        let mut actors = Vec::new();
        let mut taking_part = participants.query([article, mention])?;
        while let Some(p) = taking_part.next()? {
            actors.push((p.get(0)?, codes.role.value(p.get(1)?)?));
        }
        let (source, url): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
        let interval = interval(row.get(8)?, row.get(9)?)?;
        let (granularity, approximate) = (codes.granularity.value(row.get(10)?)?, row.get(13)?);
        let precision = super::codes::name("place precision", row.get(16)?)?;
        facts.push(MentionFacts {
            article,
            mention,
            sentence: row.get(21)?,
            source: source_key(source.as_deref(), url.as_deref(), article),
            published: row.get(4)?,
            event_type: codes.event_type.value(row.get(5)?)?,
            mode: row.get(6)?,
            contexts: row.get(7)?,
            when: When {
                interval,
                granularity,
                edtf: row.get::<_, Option<String>>(11)?.or_else(|| edtf::implied(interval, granularity, approximate)),
                basis: codes.basis.value(row.get(12)?)?,
                timex: None,
                approximate,
                inferred: row.get(14)?,
            },
            place: row.get::<_, Option<i64>>(15)?.zip(precision),
            polarity: codes.polarity.value(row.get(17)?)?,
            modality: codes.modality.value(row.get(18)?)?,
            aspect: codes.aspect.value(row.get(19)?)?,
            confidence: row.get(20)?,
            actors,
        });
    }
    Ok(facts)
}

/// An interval from its two columns.
pub(super) fn interval(from: Option<i32>, to: Option<i32>) -> Result<Interval, Fault> {
    let unknown = || Fault::Unknown { what: "interval", found: format!("{from:?} to {to:?}") };
    let day = |number: Option<i32>| number.map(|n| Day::from_number(n).ok_or_else(unknown)).transpose();
    Interval::new(day(from)?, day(to)?).ok_or_else(unknown)
}

/// Computes an event again from its mentions; one that nothing mentions any more goes.
pub(super) fn refresh(write: &Connection, codes: &AllCodes, event: i64) -> Result<(), Fault> {
    match summarise(&mentions_of(write, codes, event)?) {
        Some(summary) => put(write, codes, Some(event), &summary).map(|_| ()),
        None => {
            counts::remove(write, event)?;
            write.prepare_cached("DELETE FROM event WHERE id = ?1")?.execute([event])?;
            Ok(())
        }
    }
}

/// Makes an event of mentions of another one.
pub(super) fn split_off(write: &Connection, codes: &AllCodes, mentions: &[MentionFacts]) -> Result<i64, Fault> {
    let summary = summarise(mentions).ok_or(Fault::Misfit("an event without mentions"))?;
    let event = put(write, codes, None, &summary)?;
    let mut to = write.prepare_cached("UPDATE mention SET event_id = ?1 WHERE article_id = ?2 AND mention = ?3")?;
    for mention in mentions {
        to.execute([event, mention.article, mention.mention])?;
    }
    Ok(event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_source_is_an_outlet_a_host_or_an_article() {
        assert_eq!(source_key(Some("Reuters "), Some("https://a.example/x"), 1), "reuters");
        assert_eq!(source_key(None, Some("https://www.A.example/x?y"), 1), "a.example");
        assert_eq!(source_key(Some(""), None, 7), "article 7");
    }
}
