use super::Clauses;
use super::frame::{coordinated, core};
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::lexicon::List;
use crate::model::Attribution;

/// A speaker is looked for up to so many clauses above.
const DEPTH: usize = 5;

/// Who says that an event happened: the subject of the verb of saying whose clause it stands in ("Zelenskyy confirmed that
/// ..."), of the inserted one ("..., officials said"), or whoever stands after "according to".
///
/// The words of a statement are the speaker's; the statement itself is the article's own.
pub fn speaker(clauses: &Clauses<'_>, trigger: &Trigger) -> Option<Attribution> {
    let tree = clauses.tree;
    let mut at = trigger.token;
    for _ in 0..DEPTH {
        if let Some(head) = inserted(clauses, at, trigger.token).or_else(|| according_to(clauses, at)) {
            return Some(attribution(clauses, head));
        }
        let above = tree.head(at)?;
        let says = tree.pos(above) == Upos::Verb
            && clauses.lexicon.words.has(List::Reporting, &tree.lemma(above).to_lowercase());
        let complement = matches!(tree.rel(at), Deprel::Ccomp | Deprel::Parataxis) && !is_parted(clauses, above, at);
        // "accused rebels of burning the mill": the accuser says so.
        let charge = matches!(tree.rel(at), Deprel::Advcl | Deprel::Obl)
            && tree.dependents(at).any(|d| d < at && d > above && tree.lower(d) == "of")
            && matches!(tree.lemma(above), "accuse" | "suspect")
            && tree.first(above, &[Deprel::AuxPass]).is_none();
        if says && complement || charge {
            let subject = subject_of(clauses, above);
            if let Some(head) = subject {
                return Some(attribution(clauses, head));
            }
        }
        // "a report that ...", "the claim that ...".
        at = above;
    }
    None
}

/// Speakers in the words of the article, who may say nothing: "they", "he" resolve to actors.
fn attribution(clauses: &Clauses<'_>, head: usize) -> Attribution {
    let head = core(clauses.tree, &clauses.lexicon.words, head);
    Attribution { span: clauses.tree.phrase_span(head), actor: clauses.cast.actor_at(head) }
}

/// The subject of a verb of saying, also where grammar lends it from the clause above.
fn subject_of(clauses: &Clauses<'_>, verb: usize) -> Option<usize> {
    let frame = super::frame::verb_frame(clauses.tree, &clauses.lexicon.words, verb);
    frame.agents.first().copied()
}

/// "..., officials said": the verb of saying hangs below the clause that it reports.
fn inserted(clauses: &Clauses<'_>, clause: usize, trigger: usize) -> Option<usize> {
    let tree = clauses.tree;
    let says = |v: usize| v != trigger && clauses.lexicon.words.has(List::Reporting, &tree.lemma(v).to_lowercase());
    let verb = tree.with_rel(clause, &[Deprel::Parataxis, Deprel::Ccomp]).find(|p| {
        // A clause of its own content is what is said, not who says so.
        says(*p)
            && tree.rel(*p) == Deprel::Parataxis
            && tree.first(*p, &[Deprel::Ccomp]).is_none()
            && !is_parted(clauses, clause, *p)
    })?;
    tree.first(verb, &[Deprel::Nsubj])
}

/// Whether a semicolon stands between two clauses: "Ukraine says it hit the port; Moscow reports nine dead".
fn is_parted(clauses: &Clauses<'_>, one: usize, other: usize) -> bool {
    (one.min(other)..one.max(other)).any(|t| clauses.tree.word(t) == ";")
}

fn according_to(clauses: &Clauses<'_>, clause: usize) -> Option<usize> {
    let tree = clauses.tree;
    let source = |t: usize| {
        matches!(tree.case(t).as_deref(), Some("according to" | "according"))
            || tree.dependents(t).any(|d| tree.lower(d) == "according")
    };
    let found = tree.with_rel(clause, &[Deprel::Obl, Deprel::Advcl, Deprel::Nmod]).find(|o| source(*o))?;
    coordinated(tree, found).first().copied()
}
