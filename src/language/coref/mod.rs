//! Which mentions of a document speak of the same thing.
//!
//! Phrases of the tree are mentions. Each is given, from the first to the last, the best of the mentions before it as its
//! antecedent, or none; what the chain of an antecedent has shown so far counts too. Reads nothing but [`Syntax`] and
//! [`Document`], so any parser will do. Weights have a file of their own, `data/model/coref.dlm`.

pub mod desk;
pub mod form;
pub mod lexicon;
pub mod mention;
pub mod net;
pub mod quotation;
mod relation;
pub mod rows;
pub mod traits;

use desk::{Choices, Desk};
pub use net::Net;
use net::{Sum, WIDTH};
use rows::MENTION_ROWS;

use super::syntax::{Chain, Syntax};
use crate::text::Document;

impl Net<'_> {
    /// The chains of a document with the syntax that a parser gave it.
    pub fn resolve(&self, document: &Document<'_>, syntax: &Syntax) -> Vec<Chain> {
        if self.is_empty() || syntax.words.len() != document.tokens.len() {
            return Vec::new();
        }
        let mut desk = Desk::of(document, syntax, self.lexicon);
        let mut choices = Choices::default();
        // Sums of each mention as antecedent.
        let mut sums: Vec<Sum> = Vec::with_capacity(desk.phrases().len());
        for mention in 0..desk.phrases().len() {
            desk.choices(mention, &mut choices);
            let mut own = [0; WIDTH];
            self.add(&mut own, desk.mention_rows(mention), MENTION_ROWS);
            let mut best: Option<(i32, usize)> = None;
            for choice in 0..choices.antecedents.len() {
                let mut sum = own;
                if choice > 0
                    && let Some(other) = sums.get(choices.antecedents[choice] as usize)
                {
                    for (to, from) in sum.iter_mut().zip(other) {
                        *to += from;
                    }
                }
                self.add(&mut sum, choices.rows(choice), 0);
                let score = self.score(&sum);
                if best.is_none_or(|(top, _)| score > top) {
                    best = Some((score, choice));
                }
            }
            let antecedent =
                best.filter(|(_, choice)| *choice > 0).map(|(_, choice)| choices.antecedents[choice] as usize);
            let mut sum = [0; WIDTH];
            self.add(&mut sum, desk.mention_rows(mention), 0);
            sums.push(sum);
            desk.place(mention, antecedent);
        }
        chains(&desk)
    }
}

/// The chains of the mentions that were placed.
pub fn chains(desk: &Desk) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    for (phrase, &entity) in desk.phrases().iter().zip(desk.entities()) {
        let entity = entity as usize;
        if entity >= chains.len() {
            chains.resize_with(entity + 1, Chain::default);
        }
        chains[entity].mentions.push(phrase.mention.clone());
    }
    chains.retain(|chain| chain.mentions.len() > 1);
    chains
}
