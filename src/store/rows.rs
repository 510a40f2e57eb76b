//! The rows of one analysis, table by table.

use std::collections::HashMap;
use std::fmt::Write as _;

use rusqlite::{Connection, params};

use super::Fault;
use super::codes::AllCodes;
use super::edtf;
use super::save::Ids;
use super::summary::granularity;
use crate::model::{Analysis, Day, EventMention, Interval, Span};

/// Rule names become numbers once each; the numbers are remembered from article to article.
pub(super) struct Rules<'a> {
    known: &'a mut KnownRules,
}

/// The numbers of rules by name, and of grounds by field and rule.
#[derive(Default)]
pub(super) struct KnownRules {
    rules: HashMap<String, i64>,
    grounds: HashMap<(String, i64), i64>,
}

impl KnownRules {
    /// Forgets all of them: what was written may be rolled back.
    pub fn clear(&mut self) {
        *self = KnownRules::default();
    }
}

impl<'a> Rules<'a> {
    pub fn new(known: &'a mut KnownRules) -> Rules<'a> {
        Rules { known }
    }

    /// The number of a rule.
    pub fn id(&mut self, write: &Connection, name: &str) -> Result<i64, Fault> {
        if let Some(id) = self.known.rules.get(name) {
            return Ok(*id);
        }
        write.prepare_cached("INSERT INTO rule (name) VALUES (?1) ON CONFLICT DO NOTHING")?.execute([name])?;
        let id = write.prepare_cached("SELECT id FROM rule WHERE name = ?1")?.query_row([name], |row| row.get(0))?;
        self.known.rules.insert(name.to_owned(), id);
        Ok(id)
    }

    /// The number of the ground that a rule is for a field.
    fn ground(&mut self, write: &Connection, field: &str, rule: &str) -> Result<i64, Fault> {
        let rule = self.id(write, rule)?;
        let key = (field.to_owned(), rule);
        if let Some(id) = self.known.grounds.get(&key) {
            return Ok(*id);
        }
        write
            .prepare_cached("INSERT INTO ground (field, rule_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
            .execute((field, rule))?;
        let id = write
            .prepare_cached("SELECT id FROM ground WHERE field = ?1 AND rule_id = ?2")?
            .query_row((field, rule), |row| row.get(0))?;
        self.known.grounds.insert(key, id);
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

pub(super) fn put_sentences(write: &Connection, codes: &AllCodes, analysis: &Analysis, id: i64) -> Result<(), Fault> {
    let mut put = write.prepare_cached(
        "INSERT INTO sentence (article_id, sentence, start, end, zone_id, paragraph) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let span = sentence.span;
        put.execute(params![id, number, span.start, span.end, codes.zone.id(sentence.zone)?, sentence.paragraph])?;
    }
    Ok(())
}

/// Adds the words of articles to the search index, and empties the list of them. All that a transaction writes in one
/// statement: at every savepoint, that of a statement too, SQLite writes down what the index has gathered so far, and many
/// small pieces are to be merged later.
pub(super) fn put_words(write: &Connection, unindexed: &mut Vec<i64>) -> Result<(), Fault> {
    if unindexed.is_empty() {
        return Ok(());
    }
    let articles = serde_json::Value::from(unindexed.clone()).to_string();
    write
        .prepare_cached(
            "INSERT INTO sentence_fts (rowid, text)
             SELECT t.id, t.text FROM json_each(?1) a CROSS JOIN sentence_text t ON t.article_id = a.value",
        )?
        .execute([articles])?;
    unindexed.clear();
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

/// The row of mention `number`, and its participants and counts. `because` is why it was joined to an event that was there
/// before; it stands behind the reasons of its analysis.
#[allow(clippy::too_many_arguments)]
pub(super) fn put_mention(
    write: &Connection,
    codes: &AllCodes,
    rules: &mut Rules<'_>,
    analysis: &Analysis,
    number: usize,
    event_id: i64,
    ids: &Ids,
    because: Option<&str>,
) -> Result<(), Fault> {
    let event = &analysis.events[number];
    let (from, to) = ends(event.when.interval);
    let place = event.place.map(|p| &analysis.places[p]);
    let (place_start, place_end) = span_ends(place.map(|p| p.span));
    let place_rule = place.map(|p| rules.id(write, &p.rule)).transpose()?;
    let attribution = event.attribution.as_ref();
    let (said_start, said_end) = span_ends(attribution.map(|a| a.span));
    let reasons = reasons(write, rules, event, because)?;
    let mut put = write.prepare_cached(
        "INSERT INTO mention (article_id, mention, event_id, sentence, trigger_start, trigger_end, lemma, type_id, mode,
             contexts, date_from, date_to, granularity_id, edtf, basis_id, timex, approximate, inferred, place_id,
             place_start, place_end, place_rule_id, polarity_id, modality_id, aspect_id, attribution_start,
             attribution_end, attribution_actor, headline, confidence, reasons)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
             ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)",
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
        edtf::stored(&event.when),
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
        reasons,
    ])?;
    put_parts(write, codes, rules, analysis, number, ids)
}

/// The reasons of a mention as its row holds them: a JSON list of `[ground, start, length]`, start counted from the trigger.
fn reasons(
    write: &Connection,
    rules: &mut Rules<'_>,
    event: &EventMention,
    because: Option<&str>,
) -> Result<String, Fault> {
    let mut list = String::from("[");
    let joined = because.map(|rule| ("event", rule, None));
    for (field, rule, span) in event.reasons.iter().map(|r| (&*r.field, &*r.rule, r.span)).chain(joined) {
        let ground = rules.ground(write, field, rule)?;
        let comma = if list.len() > 1 { "," } else { "" };
        let _ = match span {
            Some(Span { start, end }) => {
                let from = i64::from(start) - i64::from(event.trigger.span.start);
                write!(list, "{comma}[{ground},{from},{}]", end - start)
            }
            None => write!(list, "{comma}[{ground}]"),
        };
    }
    list.push(']');
    Ok(list)
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
    Ok(())
}
