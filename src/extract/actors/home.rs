//! The countries of bodies that are named after where they are: "Minsk police", "the Madras High Court".

use std::collections::HashMap;

use super::cast::Cast;
use crate::extract::Lexicon;
use crate::extract::locate::choose;
use crate::model::{Actor, ActorKind, Country, Sector};

/// Gives the country of a town or region in its name to every group and public body that has none. A firm or a paper may be
/// called after any place; a name that the gazetteer finds in several countries says nothing.
pub(super) fn lend_countries(lexicon: &Lexicon, cast: &mut Cast) {
    let mut named: HashMap<Country, u32> = HashMap::new();
    for country in cast.actors.iter().filter_map(|a| a.country) {
        *named.entry(country).or_default() += 1;
    }
    for actor in cast.actors.iter_mut().filter(|a| a.country.is_none() && is_public(a)) {
        actor.country = country_of(lexicon, &actor.name, &named);
    }
}

fn is_public(actor: &Actor) -> bool {
    let kind = matches!(actor.kind, Some(ActorKind::Group | ActorKind::Government | ActorKind::Organisation));
    let private = matches!(actor.sector, None | Some(Sector::Business | Sector::Media | Sector::Igo | Sector::Ngo));
    kind && !private && actor.rule != "known-organisation"
}

/// Longest name of a place, in words.
const LONGEST: usize = 3;

fn country_of(lexicon: &Lexicon, name: &str, named: &HashMap<Country, u32>) -> Option<Country> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |w: &&str| w.starts_with(char::is_uppercase);
    (1..=LONGEST.min(words.len())).rev().find_map(|length| {
        let runs = words.windows(length).filter(|run| run.iter().all(capital) && run.len() < words.len());
        runs.into_iter().find_map(|run| {
            let run = run.join(" ");
            choose(&lexicon.gazetteer.find(run.trim_end_matches("'s")), None, named).map(|place| place.country)
        })
    })
}
