use std::collections::BTreeMap;

use crate::model::{Explanation, Role};

/// Where the mentions of an event say different things: what they differ in, and each version with who says so, the
/// earliest report first.
pub fn disagreements(why: &Explanation) -> Vec<(String, Vec<String>)> {
    let mut versions: BTreeMap<String, Vec<(Option<crate::model::Day>, String, String)>> = BTreeMap::new();
    for mention in &why.mentions {
        let Some(proof) = why.entry.evidence.get(mention.evidence) else { continue };
        let day = proof.published.map(|p| p.day);
        let by = match (&proof.source, day) {
            (Some(source), Some(day)) => format!("{source}, {day}"),
            (None, Some(day)) => format!("article {}, {day}", proof.article),
            (Some(source), None) => source.clone(),
            (None, None) => format!("article {}", proof.article),
        };
        let mut say =
            |what: String, version: String| versions.entry(what).or_default().push((day, version, by.clone()));
        for (kind, words) in &mention.counts {
            say(kind.to_string(), words.text.to_lowercase());
        }
        if let Some(interval) = mention.times.first().and_then(|t| t.interval) {
            let end = |d: Option<crate::model::Day>| d.map_or("..".to_owned(), |d| d.to_string());
            let days = if interval.length() == Some(1) {
                end(interval.from())
            } else {
                format!("{} to {}", end(interval.from()), end(interval.to()))
            };
            say("when".into(), days);
        }
        for role in [Role::Agent, Role::Patient] {
            let mut names: Vec<&str> =
                mention.participants.iter().filter(|p| p.0 == role).filter_map(|p| p.2.as_deref()).collect();
            names.sort_unstable();
            names.dedup();
            if !names.is_empty() {
                say(role.to_string(), names.join(", "));
            }
        }
    }
    let differ = |mut told: Vec<(Option<crate::model::Day>, String, String)>| {
        told.sort_by(|a, b| (a.0.is_none(), &a.0).cmp(&(b.0.is_none(), &b.0)));
        let mut each: Vec<(String, Vec<String>)> = Vec::new();
        for (_, version, by) in told {
            match each.iter_mut().find(|(v, _)| *v == version) {
                Some((_, all)) if all.contains(&by) => {}
                Some((_, all)) => all.push(by),
                None => each.push((version, vec![by])),
            }
        }
        (each.len() > 1).then(|| each.into_iter().map(|(v, by)| format!("{v} ({})", by.join("; "))).collect::<Vec<_>>())
    };
    versions.into_iter().filter_map(|(what, told)| Some((what, differ(told)?))).collect()
}
