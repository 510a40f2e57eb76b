//! The rows of one analysis, table by table.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::Fault;
use super::codes::AllCodes;
use super::save::Ids;
use super::summary::granularity;
use crate::model::{Analysis, Article, Day, Interval, Span};

/// Rule names become numbers once each; the numbers are remembered from article to article.
pub(super) struct Rules<'a> {
    known: &'a mut HashMap<String, i64>,
}

impl<'a> Rules<'a> {
    pub fn new(known: &'a mut HashMap<String, i64>) -> Rules<'a> {
        Rules { known }
    }

    /// The number of a rule.
    pub fn id(&mut self, write: &Connection, name: &str) -> Result<i64, Fault> {
        if let Some(id) = self.known.get(name) {
            return Ok(*id);
        }
        write.prepare_cached("INSERT INTO rule (name) VALUES (?1) ON CONFLICT DO NOTHING")?.execute([name])?;
        let id = write.prepare_cached("SELECT id FROM rule WHERE name = ?1")?.query_row([name], |row| row.get(0))?;
        self.known.insert(name.to_owned(), id);
        Ok(id)
    }
}

/// A confidence as the tables hold it.
pub(super) fn thousandths(confidence: f64) -> i64 {
    (confidence.clamp(0.0, 1.0) * 1000.0).round() as i64
}

/// Both ends of an interval as the tables hold them.
pub(super) fn ends(interval: Interval) -> (Option<i32>, Option<i32>) {
    (interval.from().map(Day::number), interval.to().map(Day::number))
}

fn span_ends(span: Option<Span>) -> (Option<u32>, Option<u32>) {
    (span.map(|s| s.start), span.map(|s| s.end))
}

fn filled(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|t| !t.is_empty())
}

pub(super) fn put_sentences(
    write: &Connection,
    codes: &AllCodes,
    article: &Article,
    analysis: &Analysis,
    id: i64,
) -> Result<(), Fault> {
    let mut put = write.prepare_cached(
        "INSERT INTO sentence (article_id, sentence, start, end, zone_id, paragraph) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut index = write.prepare_cached("INSERT INTO sentence_fts (rowid, text) VALUES (?1, ?2)")?;
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let span = sentence.span;
        put.execute(params![id, number, span.start, span.end, codes.zone.id(sentence.zone)?, sentence.paragraph])?;
        index.execute(params![id << 20 | number as i64, span.of(&article.text)])?;
    }
    Ok(())
}

pub(super) fn put_times(
    write: &Connection,
    codes: &AllCodes,
    rules: &mut Rules<'_>,
    analysis: &Analysis,
    id: i64,
) -> Result<(), Fault> {
    let mut put = write.prepare_cached(
        "INSERT INTO timex (article_id, timex, start, end, kind_id, value, modifier, date_from, date_to, placed,
             granularity_id, basis_id, edtf, anchor, rule_id, note, until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?;
    for (number, time) in analysis.times.iter().enumerate() {
        let (from, to) = ends(time.interval.unwrap_or_default());
        put.execute(params![
            id,
            number,
            time.span.start,
            time.span.end,
            codes.timex_kind.id(time.kind)?,
            time.value,
            time.modifier.map(|m| m.as_str()),
            from,
            to,
            time.interval.is_some(),
            codes.granularity.id(time.granularity)?,
            codes.basis.id(time.basis)?,
            filled(&time.edtf),
            time.anchor,
            rules.id(write, &time.rule)?,
            filled(&time.note),
            time.until,
        ])?;
    }
    Ok(())
}

pub(super) fn put_notes(write: &Connection, analysis: &Analysis, id: i64) -> Result<(), Fault> {
    let mut put =
        write.prepare_cached("INSERT INTO note (article_id, note, start, end, text) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (number, note) in analysis.notes.iter().enumerate() {
        let (start, end) = span_ends(note.span);
        put.execute(params![id, number, start, end, note.text])?;
    }
    Ok(())
}

/// The row of mention `number`, and its participants, counts and reasons.
pub(super) fn put_mention(
    write: &Connection,
    codes: &AllCodes,
    rules: &mut Rules<'_>,
    analysis: &Analysis,
    number: usize,
    event_id: i64,
    ids: &Ids,
) -> Result<(), Fault> {
    let event = &analysis.events[number];
    let (from, to) = ends(event.when.interval);
    let place = event.place.map(|p| &analysis.places[p]);
    let (place_start, place_end) = span_ends(place.map(|p| p.span));
    let place_rule = place.map(|p| rules.id(write, &p.rule)).transpose()?;
    let attribution = event.attribution.as_ref();
    let (said_start, said_end) = span_ends(attribution.map(|a| a.span));
    let mut put = write.prepare_cached(
        "INSERT INTO mention (article_id, mention, event_id, sentence, trigger_start, trigger_end, lemma, type_id, mode,
             contexts, date_from, date_to, granularity_id, edtf, basis_id, timex, approximate, inferred, place_id,
             place_start, place_end, place_rule_id, polarity_id, modality_id, aspect_id, attribution_start,
             attribution_end, attribution_actor, headline, confidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
             ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)",
    )?;
    put.execute(params![
        ids.article,
        number,
        event_id,
        event.sentence,
        event.trigger.span.start,
        event.trigger.span.end,
        event.trigger.lemma,
        codes.event_type.id(event.event_type)?,
        filled(&event.mode),
        codes.bits(&event.contexts)?,
        from,
        to,
        codes.granularity.id(granularity(&event.when))?,
        filled(&event.when.edtf),
        codes.basis.id(event.when.basis)?,
        event.when.timex,
        event.when.approximate,
        event.when.inferred,
        event.place.map(|p| ids.places[p]),
        place_start,
        place_end,
        place_rule,
        codes.polarity.id(event.polarity)?,
        codes.modality.id(event.modality)?,
        codes.aspect.id(event.aspect)?,
        said_start,
        said_end,
        attribution.and_then(|a| a.actor).map(|a| ids.actors[a]),
        event.headline,
        thousandths(event.confidence),
    ])?;
    put_parts(write, codes, rules, analysis, number, ids)
}

/// Why a mention was joined to an event that was there before, behind the reasons of its analysis.
pub(super) fn put_joined(
    write: &Connection,
    rules: &mut Rules<'_>,
    article: i64,
    analysis: &Analysis,
    number: usize,
    because: Option<&str>,
) -> Result<(), Fault> {
    let Some(because) = because else { return Ok(()) };
    let rule = rules.id(write, because)?;
    write
        .prepare_cached(
            "INSERT INTO reason (article_id, mention, reason, field, rule_id, start, end) VALUES (?1, ?2, ?3, 'event', ?4, NULL, NULL)",
        )?
        .execute(params![article, number, analysis.events[number].reasons.len(), rule])?;
    Ok(())
}

fn put_parts(
    write: &Connection,
    codes: &AllCodes,
    rules: &mut Rules<'_>,
    analysis: &Analysis,
    number: usize,
    ids: &Ids,
) -> Result<(), Fault> {
    let event = &analysis.events[number];
    let mut participants = write.prepare_cached(
        "INSERT INTO participant (article_id, mention, participant, role_id, start, end, actor_id, rule_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (i, p) in event.participants.iter().enumerate() {
        let rule = rules.id(write, &p.rule)?;
        let actor = p.actor.map(|a| ids.actors[a]);
        let role = codes.role.id(p.role)?;
        participants.execute(params![ids.article, number, i, role, p.span.start, p.span.end, actor, rule])?;
    }
    let mut counts = write.prepare_cached(
        "INSERT INTO count (article_id, mention, count, kind_id, low, high, start, end)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (i, c) in event.counts.iter().enumerate() {
        let kind = codes.count_kind.id(c.kind)?;
        counts.execute(params![ids.article, number, i, kind, c.low, c.high, c.span.start, c.span.end])?;
    }
    let mut reasons = write.prepare_cached(
        "INSERT INTO reason (article_id, mention, reason, field, rule_id, start, end) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (i, r) in event.reasons.iter().enumerate() {
        let (start, end) = span_ends(r.span);
        reasons.execute(params![ids.article, number, i, r.field, rules.id(write, &r.rule)?, start, end])?;
    }
    Ok(())
}
