//! Times: those that the parser hung on the subject behind them, or the subject on them.

use super::Mending;
use crate::language::{Deprel, Upos};
use crate::time::is_calendar_name;

impl Mending<'_> {
    /// "Last year parliament rejected", "the following summer imperial troops took", "on Friday strong winds fanned": the time is no part of who did it.
    pub(super) fn day_before_subject(&mut self) {
        for token in self.tokens.clone().skip(1) {
            let turn = |t: usize| matches!(self.lower(t).as_str(), "last" | "next" | "this" | "following" | "same");
            let weekday = matches!(self.lower(token - 1).as_str(), "on") && is_calendar_name(&self.lower(token));
            let stretch = is_stretch(&self.lower(token)) && turn(token - 1);
            let dated = self.rel(token) == Deprel::Compound && (stretch || weekday);
            let Some(noun) = self.head(token).filter(|n| dated && *n > token) else { continue };
            let subject = matches!(self.rel(noun), Deprel::Nsubj | Deprel::NsubjPass);
            if let Some(verb) = self.head(noun).filter(|v| subject && self.pos(*v) == Upos::Verb) {
                self.hang(token, verb, Deprel::OblUnmarked);
                let before: Vec<usize> = self.children(noun).filter(|c| *c < token).collect();
                before.into_iter().for_each(|c| self.hang(c, token, self.rel(c)));
            }
        }
    }

    /// "On the last day of July Captain Dalyell led", "in the spring of 1763 news reached": whoever stands behind the month or
    /// the year of an opening date is the subject of a verb that has none.
    pub(super) fn subject_behind_date(&mut self) {
        for token in self.tokens.clone() {
            let calendar = match self.rel(token) {
                Deprel::Compound => is_calendar_name(&self.lower(token)),
                Deprel::Nummod => self.is_year(token),
                _ => false,
            };
            let Some(noun) = self.head(token).filter(|n| calendar && *n > token) else { continue };
            let Some(time) = self.head(noun).filter(|t| *t < token) else { continue };
            if !matches!(self.rel(noun), Deprel::Nmod | Deprel::Appos) {
                continue;
            }
            let of = self.children(noun).chain(self.children(token)).any(|c| c < token && self.lower(c) == "of");
            let stretch = of && is_stretch(&self.lower(time)) && self.rel(time) == Deprel::Obl;
            let Some(verb) = self.head(time).filter(|v| stretch && *v > noun && self.pos(*v) == Upos::Verb) else {
                continue;
            };
            if !self.has(verb, &[Deprel::Nsubj, Deprel::NsubjPass]) {
                let passive = self.has(verb, &[Deprel::AuxPass]);
                let before: Vec<usize> = self.children(noun).filter(|c| *c < token).collect();
                self.hang(token, time, Deprel::Nmod);
                before.into_iter().for_each(|c| self.hang(c, token, self.rel(c)));
                self.hang(noun, verb, if passive { Deprel::NsubjPass } else { Deprel::Nsubj });
            }
        }
    }

    fn is_year(&self, token: usize) -> bool {
        let word = self.document.word(token);
        word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
    }
}

/// Words for a stretch of the calendar that may stand before a subject.
fn is_stretch(word: &str) -> bool {
    let seasons = ["spring", "summer", "autumn", "fall", "winter"];
    seasons.contains(&word)
        || matches!(word, "day" | "week" | "month" | "year" | "night" | "morning" | "evening" | "weekend")
}
