use super::Clauses;
use super::attribution::speaker;
use super::dates::definite_or_owned;
use super::frame::verb_lemma;
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::lexicon::List;
use crate::model::{Aspect, Modality, Polarity, Reason};

/// Whether an event happened, how sure the words are, and which phase they tell of.
#[derive(Clone, Debug, PartialEq)]
pub struct Stance {
    /// Happened or not.
    pub polarity: Polarity,
    /// How sure.
    pub modality: Modality,
    /// Phase.
    pub aspect: Aspect,
    /// The cues.
    pub reasons: Vec<Reason>,
}

/// Reads the stance from the words around a trigger and from the verbs that govern its clause: negation, auxiliaries,
/// verbs of intention, refusal and phase, adverbs of hearsay.
pub fn read(clauses: &Clauses<'_>, trigger: &Trigger) -> Stance {
    let mut stance = Stance {
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        aspect: Aspect::Completed,
        reasons: Vec::new(),
    };
    own_words(clauses, trigger.token, trigger.verb, &mut stance);
    if let Some(support) = trigger.support {
        own_words(clauses, support, true, &mut stance);
        phase(clauses, support, &mut stance);
    }
    governors(clauses, trigger, trigger.token, &mut stance);
    // "The trial is expected to open": what governs the infinitive governs its noun.
    if let Some(support) = trigger.support.filter(|s| clauses.tree.rel(*s) == Deprel::Xcomp) {
        governors(clauses, trigger, support, &mut stance);
    }
    if trigger.verb && stance.aspect == Aspect::Completed && progressive(clauses, trigger.token) {
        stance.aspect = Aspect::Ongoing;
    }
    if stance.modality == Modality::Asserted && speaker(clauses, trigger).is_some() {
        stance.modality = Modality::Reported;
    }
    stance
}

/// Cues are read up to so many clauses above.
const DEPTH: usize = 5;

fn because(stance: &mut Stance, clauses: &Clauses<'_>, field: &str, rule: &str, token: usize) {
    let span = Some(clauses.tree.document.tokens[token].span);
    stance.reasons.push(Reason { field: field.into(), rule: rule.into(), span });
}

/// The unsurest reading wins: possible over planned over the rest.
fn unsure(stance: &mut Stance, modality: Modality) {
    if modality > stance.modality {
        stance.modality = modality;
    }
}

/// Negation, auxiliaries and adverbs that depend on the word itself.
fn own_words(clauses: &Clauses<'_>, token: usize, verb: bool, stance: &mut Stance) {
    let (tree, words) = (clauses.tree, &clauses.lexicon.words);
    for child in tree.dependents(token) {
        let word = tree.lower(child);
        let lemma = tree.lemma(child).to_lowercase();
        match tree.rel(child) {
            Deprel::Advmod | Deprel::Det | Deprel::Cc | Deprel::Obl if words.has(List::Negation, &word) => {
                // "not only ... but" denies nothing.
                let only =
                    child + 1 < tree.len() && matches!(tree.lower(child + 1).as_str(), "only" | "just" | "longer");
                if !only {
                    stance.polarity = Polarity::Negative;
                    because(stance, clauses, "polarity", "negation", child);
                }
            }
            // "No group claimed it", "found no damage".
            Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj
                if verb
                    && (matches!(word.as_str(), "nobody" | "none" | "nothing")
                        || tree.with_rel(child, &[Deprel::Det]).any(|d| tree.lower(d) == "no")) =>
            {
                stance.polarity = Polarity::Negative;
                because(stance, clauses, "polarity", "negation", child);
            }
            Deprel::Case | Deprel::Mark if word == "without" => {
                stance.polarity = Polarity::Negative;
                because(stance, clauses, "polarity", "without", child);
            }
            Deprel::Advmod if words.has(List::Maybe, &word) => {
                unsure(stance, Modality::Possible);
                because(stance, clauses, "modality", "adverb-of-doubt", child);
            }
            Deprel::Advmod if words.has(List::Hearsay, &word) => {
                unsure(stance, if word == "reportedly" { Modality::Reported } else { Modality::Possible });
                because(stance, clauses, "modality", "adverb-of-hearsay", child);
            }
            Deprel::Aux if verb => match lemma.as_str() {
                "will" | "shall" | "'ll" if word != "would" && word != "should" => {
                    unsure(stance, Modality::Planned);
                    because(stance, clauses, "modality", "future-auxiliary", child);
                }
                // "would" under a verb of saying in the past is the future of the past.
                _ if word == "would" && under_reporting(clauses, token) => {
                    unsure(stance, Modality::Planned);
                    because(stance, clauses, "modality", "future-in-the-past", child);
                }
                _ if words.has(List::Possible, &word) || words.has(List::Possible, &lemma) => {
                    unsure(stance, Modality::Possible);
                    because(stance, clauses, "modality", "modal-verb", child);
                }
                _ => {}
            },
            // "Norvell to buy rival": how headlines write the future.
            Deprel::Mark if word == "to" && verb && tree.rel(token) == Deprel::Root => {
                unsure(stance, Modality::Planned);
                because(stance, clauses, "modality", "infinitive-of-headline", child);
            }
            Deprel::Mark if matches!(word.as_str(), "if" | "unless" | "whether") => {
                unsure(stance, Modality::Possible);
                because(stance, clauses, "modality", "conditional", child);
            }
            Deprel::Amod if !verb => {
                let planned = words.has(List::Ahead, &lemma) || words.has(List::Ahead, &word);
                let possible = words.has(List::Doubtful, &lemma);
                if planned {
                    unsure(stance, Modality::Planned);
                    because(stance, clauses, "modality", "adjective", child);
                } else if possible {
                    unsure(stance, Modality::Possible);
                    because(stance, clauses, "modality", "adjective", child);
                }
            }
            _ => {}
        }
    }
}

fn under_reporting(clauses: &Clauses<'_>, token: usize) -> bool {
    let tree = clauses.tree;
    tree.ancestors(token).skip(1).any(|a| clauses.lexicon.words.has(List::Reporting, tree.lemma(a)))
}

/// The verbs above: "failed to sign", "intends to seek", "refrained from striking", "talks were cancelled".
fn governors(clauses: &Clauses<'_>, trigger: &Trigger, from: usize, stance: &mut Stance) {
    let (tree, words) = (clauses.tree, &clauses.lexicon.words);
    let mut at = from;
    for _ in 0..DEPTH {
        let Some(above) = tree.head(at) else { return };
        let rel = tree.rel(at);
        let verb = tree.pos(above) == Upos::Verb;
        let lemma = if verb { verb_lemma(tree, above) } else { tree.lemma(above).to_lowercase() };
        match rel {
            Deprel::Xcomp
            | Deprel::Ccomp
            | Deprel::Csubj
            | Deprel::Advcl
            | Deprel::Obl
            | Deprel::Obj
            | Deprel::Nsubj
            | Deprel::NsubjPass
                if verb =>
            {
                // "ruled out sending missiles", "avoided naming him", whatever the parser calls the gerund.
                let bare = rel == Deprel::Advcl
                    && tree.tag(at) == "VBG"
                    && at > above
                    && tree.first(above, &[Deprel::Obj]).is_none()
                    && (above + 1..at).all(|t| tree.rel(t) == Deprel::CompoundPrt)
                    && tree.first(at, &[Deprel::Mark, Deprel::Nsubj]).is_none();
                let clause = bare || matches!(rel, Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj);
                let nominal = matches!(rel, Deprel::Obl | Deprel::Obj | Deprel::NsubjPass);
                // "prevented them from being treated".
                let being = || tree.with_rel(at, &[Deprel::AuxPass]).any(|a| tree.tag(a) == "VBG");
                let gerund = matches!(rel, Deprel::Obl | Deprel::Advcl) && (tree.tag(at) == "VBG" || being());
                let infinitive =
                    tree.tag(at) == "VB" && tree.with_rel(at, &[Deprel::Mark]).any(|m| tree.lower(m) == "to");
                let from = tree.dependents(at).any(|d| matches!(tree.lower(d).as_str(), "from"));
                // A request that was rejected was made; a meeting that was cancelled did not take place.
                let undoes = words.has(List::Undoing, &lemma);
                if words.has(List::ImplicativeNot, &lemma)
                    && (clause || gerund && from || nominal && undoes && !trigger.verb)
                {
                    // "denied that": what is denied is told as not having happened.
                    if !(lemma == "stop" && infinitive) {
                        stance.polarity = flip(stance.polarity);
                        because(stance, clauses, "polarity", "verb-of-refusal", above);
                    }
                    // "refused to rule out sending troops": it may come to that.
                    let open = lemma == "rule out" && is_refused(clauses, above);
                    if open {
                        stance.polarity = flip(stance.polarity);
                        unsure(stance, Modality::Possible);
                        return;
                    }
                    if lemma == "fail" || lemma == "try" {
                        stance.aspect = Aspect::Failed;
                    }
                } else if words.has(List::Failing, &lemma) && clause && infinitive {
                    stance.aspect = Aspect::Failed;
                    unsure(stance, Modality::Possible);
                    because(stance, clauses, "aspect", "verb-of-trying", above);
                } else if words.has(List::Plan, &lemma) && clause && (infinitive || future(clauses, at)) {
                    unsure(stance, Modality::Planned);
                    because(stance, clauses, "modality", "verb-of-intention", above);
                } else if words.has(List::Seeking, &lemma)
                    && nominal
                    && (rel != Deprel::Obl || !matches!(tree.case(at).as_deref(), Some("after" | "before")))
                    && !trigger.verb
                    && tree.first(above, &[Deprel::Xcomp]).is_none()
                {
                    unsure(stance, Modality::Planned);
                    because(stance, clauses, "modality", "object-of-intention", above);
                } else if words.has(List::Pondering, &lemma)
                    && nominal
                    && !trigger.verb
                    && !definite_or_owned(clauses, at)
                {
                    // "discussed a prisoner exchange" tells of none; "discussed the exchange" does.
                    unsure(stance, Modality::Possible);
                    because(stance, clauses, "modality", "object-of-discussion", above);
                } else if lemma == "vote" && infinitive && words.has(List::ByVote, tree.lemma(at)) {
                    // "voted to confirm her": the vote is the deed.
                    inherit(clauses, above, stance);
                } else if rel == Deprel::Advcl && infinitive && !negated_purpose(clauses, at) {
                    // A clause of purpose tells of an aim.
                    unsure(stance, Modality::Planned);
                    because(stance, clauses, "modality", "purpose", at);
                } else if words.has(List::Belief, &lemma)
                    && (clause || gerund || rel == Deprel::Obl && tree.case(at).as_deref() == Some("of"))
                {
                    unsure(stance, Modality::Possible);
                    because(stance, clauses, "modality", "verb-of-belief", above);
                }
                // "still has to be ratified", "needs to resign".
                if rel == Deprel::Xcomp && matches!(lemma.as_str(), "have" | "need" | "ought") && tree.is_infinitive(at)
                {
                    unsure(stance, Modality::Possible);
                    because(stance, clauses, "modality", "verb-of-duty", above);
                }
                if clause {
                    phase(clauses, above, stance);
                }
                // What holds of a complement's governor holds of it: "did not agree to meet", "may decide to leave"; of a
                // noun only what its verb says of it: "talks did not take place", "could lead to war".
                let supports = words.has(List::Light, &lemma) || words.has(List::TakingPlace, &lemma);
                if matches!(rel, Deprel::Xcomp) || (nominal || rel == Deprel::Nsubj) && !trigger.verb && supports {
                    inherit(clauses, above, stance);
                } else if nominal && !trigger.verb {
                    let polarity = stance.polarity;
                    inherit(clauses, above, stance);
                    stance.polarity = polarity;
                }
                // "will weaken before it reaches land": as far off as the clause above.
                let present = tree.tag(at) == "VBN"
                    && tree.with_rel(at, &[Deprel::AuxPass]).any(|a| matches!(tree.lower(a).as_str(), "is" | "are"));
                let shares_time = rel == Deprel::Advcl && (present || matches!(tree.tag(at), "VBZ" | "VBP"));
                if shares_time {
                    inherit(clauses, above, stance);
                }
                let kept_from = gerund && from && words.has(List::ImplicativeNot, &lemma);
                if !matches!(rel, Deprel::Xcomp | Deprel::Ccomp) && !shares_time && !kept_from {
                    return;
                }
            }
            Deprel::Xcomp | Deprel::Csubj | Deprel::Nsubj | Deprel::NsubjPass if tree.pos(above) == Upos::Adj => {
                predicate(clauses, trigger, at, above, stance);
                return;
            }
            // "denied reports that soldiers had fled", "rumours that the bank had failed".
            Deprel::Acl | Deprel::AclRelcl if is_hearsay(clauses, at, above, &lemma) => {
                unsure(stance, Modality::Possible);
                because(stance, clauses, "modality", "noun-of-hearsay", above);
                let denied = tree.head(above).is_some_and(|v| {
                    tree.rel(above) == Deprel::Obj
                        && matches!(tree.lemma(v), "deny" | "refute" | "dismiss" | "reject" | "rebut")
                });
                if denied {
                    stance.polarity = flip(stance.polarity);
                    because(stance, clauses, "polarity", "verb-of-refusal", above);
                }
                return;
            }
            Deprel::Acl => {
                // "a plan to withdraw", "the decision to close".
                let infinitive =
                    tree.with_rel(at, &[Deprel::Mark]).any(|m| tree.lower(m) == "to") && tree.tag(at) == "VB";
                if infinitive {
                    unsure(stance, Modality::Planned);
                    because(stance, clauses, "modality", "noun-of-intention", above);
                }
                return;
            }
            Deprel::Nmod | Deprel::NmodPoss if !trigger.verb => {
                // "plans for talks", "the possibility of an attack", "the lack of a ceasefire".
                let talks = matches!(
                    lemma.as_str(),
                    "talk" | "talks" | "negotiation" | "discussion" | "consultation" | "debate"
                );
                if talks && matches!(tree.case(at).as_deref(), Some("on" | "about" | "over" | "for")) {
                    // "talks on a merger" tells of none.
                    if !definite_or_owned(clauses, at) {
                        unsure(stance, Modality::Possible);
                        because(stance, clauses, "modality", "object-of-discussion", above);
                    }
                } else if words.has(List::IntentionNoun, &lemma) {
                    unsure(stance, Modality::Planned);
                    because(stance, clauses, "modality", "noun-of-intention", above);
                } else if words.has(List::DoubtNoun, &lemma) {
                    unsure(stance, Modality::Possible);
                    because(stance, clauses, "modality", "noun-of-doubt", above);
                } else if words.has(List::RefusalNoun, &lemma) {
                    stance.polarity = flip(stance.polarity);
                    because(stance, clauses, "polarity", "noun-of-refusal", above);
                }
                return;
            }
            // "demanded elections and the resignation of the minister": the second noun stands where the first does.
            Deprel::Conj if !trigger.verb && !verb => {
                let none = |t: usize| tree.with_rel(t, &[Deprel::Det]).any(|d| tree.lower(d) == "no");
                let or = tree.with_rel(at, &[Deprel::Cc]).any(|c| matches!(tree.lower(c).as_str(), "or" | "nor"));
                if or && none(above) && !none(at) {
                    stance.polarity = Polarity::Negative;
                    because(stance, clauses, "polarity", "negation", above);
                }
            }
            Deprel::Conj if trigger.verb && verb => {
                // "will meet and sign": auxiliaries of the first verb serve the others that have none and no subject.
                let own = tree.first(at, &[Deprel::Aux, Deprel::Nsubj, Deprel::NsubjPass, Deprel::AuxPass]).is_some();
                // "would close two plants and cut 1,400 jobs": one form for all tenses.
                let base = tree.tag(at) == "VBD" && tree.lemma(at) == tree.lower(at);
                if !own && (base || matches!(tree.tag(at), "VB" | "VBN" | "VBG")) {
                    inherit(clauses, above, stance);
                    at = above;
                    continue;
                }
                // A second complement stands under the same governor as the first.
                if matches!(tree.rel(above), Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Advcl) && !own {
                    at = above;
                    continue;
                }
                return;
            }
            _ => return,
        }
        at = above;
    }
}

/// Whether a verb of refusal is itself refused or denied: "refused to rule out", "has not ruled out".
fn is_refused(clauses: &Clauses<'_>, verb: usize) -> bool {
    let tree = clauses.tree;
    let denied =
        tree.with_rel(verb, &[Deprel::Advmod]).any(|a| clauses.lexicon.words.has(List::Negation, &tree.lower(a)));
    let refused = tree.head(verb).filter(|_| tree.rel(verb) == Deprel::Xcomp);
    denied || refused.is_some_and(|h| clauses.lexicon.words.has(List::ImplicativeNot, tree.lemma(h)))
}

/// Whether a clause with "that" is what a noun of hearsay tells: "reports that soldiers had fled".
fn is_hearsay(clauses: &Clauses<'_>, clause: usize, noun: usize, lemma: &str) -> bool {
    let tree = clauses.tree;
    let that = tree.with_rel(clause, &[Deprel::Mark]).any(|m| tree.lower(m) == "that");
    that && noun < clause && clauses.lexicon.words.has(List::Rumour, lemma)
}

/// An adjective above: "is due to open", "is likely to resign", "was unable to leave", "the vote is set for Friday".
fn predicate(clauses: &Clauses<'_>, trigger: &Trigger, at: usize, adjective: usize, stance: &mut Stance) {
    let (tree, words) = (clauses.tree, &clauses.lexicon.words);
    let lemma = tree.lemma(adjective).to_lowercase();
    let complement = tree.rel(at) == Deprel::Xcomp && tree.is_infinitive(at);
    let dated = || tree.with_rel(adjective, &[Deprel::Obl]).any(|o| tree.case(o).is_some());
    if words.has(List::Ahead, &lemma) && (complement || !trigger.verb && dated()) {
        unsure(stance, Modality::Planned);
        because(stance, clauses, "modality", "adjective-of-plan", adjective);
    } else if words.has(List::Doubtful, &lemma) && (complement || !trigger.verb) {
        unsure(stance, Modality::Possible);
        because(stance, clauses, "modality", "adjective-of-doubt", adjective);
    } else if words.has(List::ImplicativeNot, &lemma) && complement {
        stance.polarity = flip(stance.polarity);
        because(stance, clauses, "polarity", "adjective-of-refusal", adjective);
    } else {
        return;
    }
    inherit(clauses, adjective, stance);
}

/// Polarity and modality that the governing verb has by its own words.
fn inherit(clauses: &Clauses<'_>, governor: usize, stance: &mut Stance) {
    let mut above = Stance {
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        aspect: Aspect::Completed,
        reasons: Vec::new(),
    };
    own_words(clauses, governor, true, &mut above);
    if above.polarity == Polarity::Negative {
        stance.polarity = flip(stance.polarity);
    }
    unsure(stance, above.modality);
    stance.reasons.append(&mut above.reasons);
}

fn flip(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
    }
}

fn future(clauses: &Clauses<'_>, verb: usize) -> bool {
    let tree = clauses.tree;
    tree.with_rel(verb, &[Deprel::Aux]).any(|a| matches!(tree.lower(a).as_str(), "will" | "would" | "'ll" | "shall"))
}

/// "only to find", "too late to save": the infinitive is a result, not an aim.
fn negated_purpose(clauses: &Clauses<'_>, verb: usize) -> bool {
    let tree = clauses.tree;
    tree.with_rel(verb, &[Deprel::Advmod]).any(|a| tree.lower(a) == "only")
}

fn phase(clauses: &Clauses<'_>, verb: usize, stance: &mut Stance) {
    let words = &clauses.lexicon.words;
    let lemma = clauses.tree.lemma(verb).to_lowercase();
    let aspect = if words.has(List::Starting, &lemma) {
        Aspect::Starting
    } else if words.has(List::Ongoing, &lemma) {
        Aspect::Ongoing
    } else if words.has(List::Ending, &lemma) {
        Aspect::Ending
    } else {
        return;
    };
    stance.aspect = aspect;
    because(stance, clauses, "aspect", "phase-verb", verb);
}

/// "is shelling", "are holding": the tense form of what goes on.
fn progressive(clauses: &Clauses<'_>, verb: usize) -> bool {
    let tree = clauses.tree;
    tree.tag(verb) == "VBG" && tree.with_rel(verb, &[Deprel::Aux]).any(|a| tree.lemma(a) == "be")
}
