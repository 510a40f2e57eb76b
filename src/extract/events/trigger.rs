use super::Clauses;
use super::frame::{Frame, PARTICLES, core, counted, verb_frame, verb_lemma};
use super::merge::merge;
use super::nominal::{governing_verb, noun_frame, own_frame, support};
use super::rule::{best, is_ceasefire, is_event_noun, noun_lemma, noun_rule, verb_fits};
use super::typing::{self, Opinion};
use crate::extract::actors::phrase::country_at;
use crate::extract::tree::Tree;
use crate::language::{Deprel, Upos};
use crate::lexicon::{EventRule, List, Listener};
use crate::model::{EventType, Span, Zone};

/// A word that expresses an event, with its clause read.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// Head token.
    pub token: usize,
    /// Words of the trigger: "took ... prisoner" is only "took", "press conference" is both.
    pub span: Span,
    /// Dictionary form.
    pub lemma: String,
    /// The rule that typed it, as an index; `None` for an event without a type.
    pub rule: Option<usize>,
    /// Its arguments.
    pub frame: Frame,
    /// It is a verb.
    pub verb: bool,
    /// The verb that supports an event noun ("held talks", "the trial opened").
    pub support: Option<usize>,
    /// What the classifier thinks of it.
    pub opinion: Opinion,
}

/// All triggers of a document, in the order of the text.
pub fn find(clauses: &Clauses<'_>) -> Vec<Trigger> {
    let tree = clauses.tree;
    let mut found = Vec::new();
    let mut consumed = vec![false; tree.len()];
    // Verbs first: a verb phrase may take its noun with it ("held talks").
    for token in 0..tree.len() {
        if tree.pos(token) == Upos::Verb && !matches!(tree.rel(token), Deprel::Aux | Deprel::AuxPass | Deprel::Cop) {
            found.extend(verb(clauses, token, &mut consumed));
        }
    }
    let free = consumed.iter().enumerate().filter(|(_, taken)| !**taken).map(|(token, _)| token);
    for token in free.filter(|t| matches!(tree.pos(*t), Upos::Noun | Upos::Propn)) {
        found.extend(noun(clauses, token));
    }
    merge(clauses, &mut found);
    found.sort_by_key(|t| t.token);
    found.iter_mut().for_each(|t| t.opinion = typing::read(clauses, t));
    found
}

fn verb(clauses: &Clauses<'_>, token: usize, consumed: &mut [bool]) -> Option<Trigger> {
    let (tree, lexicon) = (clauses.tree, clauses.lexicon);
    let mut frame = verb_frame(tree, &lexicon.words, token);
    let base = tree.lemma(token).to_lowercase();
    let lemma = verb_lemma(tree, token);
    if frame.patients.is_empty() {
        frame.patients.extend(object_behind_particle(clauses, token, &base));
    }
    // An adjective in all but tag ("the proposed plan", "increased pressure") tells of no event of its own.
    if matches!(tree.rel(token), Deprel::Amod | Deprel::Compound | Deprel::Case | Deprel::Mark | Deprel::Fixed) {
        return None;
    }
    // "who commands the garrison": a post, and no happening.
    let held = matches!(base.as_str(), "command" | "head" | "chair" | "govern" | "rule" | "edit");
    let post = tree.rel(token) == Deprel::AclRelcl
        && (matches!(tree.tag(token), "VBZ" | "VBP") || held && tree.tag(token) == "VBD")
        && tree.first(token, &[Deprel::Aux, Deprel::AuxPass]).is_none();
    if post && lexicon.words.has(List::Posts, &base) {
        return None;
    }
    // "shopkeepers armed with clubs": what they are like.
    let described = tree.rel(token) == Deprel::Acl && tree.tag(token) == "VBN";
    if described && lexicon.words.has(List::Describing, &base) && tree.first(token, &[Deprel::OblAgent]).is_none() {
        return None;
    }
    // "Melt the butter and add the leeks": what the reader is told to do has not happened.
    if is_command(clauses, token) {
        return None;
    }
    // "President-elect" elects nobody, "Lee Ji-won" wins nothing.
    let named = || tree.pos(token.saturating_sub(2)) == Upos::Propn;
    if (matches!(tree.tag(token), "VB" | "VBP") || named()) && ends_compound(tree, token) {
        return None;
    }
    let best = best(clauses, lexicon.events.verb(&base), token, |listener, rule| {
        listener.others.iter().all(|o| clauses.has_other(token, o)) && verb_fits(clauses, rule, listener, token, &frame)
    });
    // "declined to comment" tells that nothing was said, and the verb above has told it.
    // "responded by closing the strait": the closing has told it.
    let by = |c: usize| tree.with_rel(c, &[Deprel::Mark, Deprel::Case]).any(|m| tree.lower(m) == "by");
    if matches!(base.as_str(), "respond" | "react" | "retaliate" | "reply")
        && tree.with_rel(token, &[Deprel::Advcl]).any(|c| tree.tag(c) == "VBG" && by(c))
    {
        return None;
    }
    let unsaid = tree.rel(token) == Deprel::Xcomp
        && tree.head(token).is_some_and(|h| lexicon.words.has(List::ImplicativeNot, tree.lemma(h)))
        && (lexicon.words.has(List::Reporting, &base)
            || best.is_some_and(|(rule, _)| lexicon.events.rules()[rule].event_type == EventType::Statement));
    // "began distributing rice": the first verb tells the phase of the second.
    let phase = [List::Starting, List::Ongoing, List::Ending].iter().any(|l| lexicon.words.has(*l, &base))
        && tree.first(token, &[Deprel::Xcomp]).is_some_and(|x| tree.pos(x) == Upos::Verb);
    if unsaid || phase {
        return None;
    }
    // "the trial opened": the noun is the event, the verb tells its phase.
    let of_event =
        frame.agents.iter().chain(&frame.patients).any(|a| is_event_noun(clauses, core(tree, &lexicon.words, *a)));
    let object_event = frame.patients.iter().any(|p| is_event_noun(clauses, core(tree, &lexicon.words, *p)));
    // "Serbia cancelled the talks" is an act of its own when a rule asks for just these words.
    let asked = |rule: usize| {
        let object = &lexicon.events.rules()[rule].object;
        let named = |p: &usize| {
            let lemma = clauses.lemma(*p);
            object.has_word(&lemma) || object.has_word(lemma.strip_suffix('s').unwrap_or(&lemma))
        };
        !frame.agents.is_empty() && frame.patients.iter().any(named)
    };
    let listens = best.is_some_and(|(rule, listener)| !listener.others.is_empty() || asked(rule));
    if !listens
        && lexicon.words.has(List::TakingPlace, &base)
        && of_event
        && frame.patients.iter().all(|p| is_event_noun(clauses, *p))
    {
        return None;
    }
    if !listens && object_event && lexicon.words.has(List::Light, &lemma) && !frame.passive {
        return None;
    }
    match best {
        Some((_, listener)) => {
            for other in &listener.others {
                let deeper = |d: usize| tree.with_rel(d, &[Deprel::Nmod]).find(|e| tree.matches(*e, other));
                let word = tree.dependents(token).find(|d| tree.matches(*d, other));
                // "declared a state of siege": no siege of its own.
                if let Some(word) = word.or_else(|| tree.with_rel(token, &[Deprel::Obj]).find_map(deeper)) {
                    consumed[word] = true;
                }
            }
        }
        None if lexicon.words.has(List::Stative, &base) => return None,
        // Without a type it must at least have somebody or something in it.
        None if frame.agents.is_empty() && frame.patients.is_empty() => return None,
        None => {}
    }
    if let Some((rule, listener)) = best {
        unfold(clauses, &lexicon.events.rules()[rule], listener, &lemma, &mut frame);
    }
    if let Some((rule, listener)) = best.filter(|_| frame.patients.is_empty() && !frame.passive) {
        frame.patients.extend(aimed_at(clauses, &lexicon.events.rules()[rule], listener, token));
        frame.recipients.retain(|r| !frame.patients.contains(r));
    }
    let rule = best.map(|(rule, _)| rule);
    let lemma = match best {
        Some((_, listener)) if !listener.others.is_empty() => format!("{base} {}", listener.others.join(" ")),
        _ => lemma,
    };
    let opinion = Opinion::default();
    // "held talks": the verb is light, the noun is the event.
    if let Some(noun) = best.and_then(|(_, listener)| supported(clauses, listener, token)) {
        let (span, lemma) = noun_span(clauses, noun, noun_rule(clauses, noun).map(|(_, listener)| listener));
        return Some(Trigger { token: noun, span, lemma, rule, frame, verb: false, support: Some(token), opinion });
    }
    let span = tree.document.tokens[token].span;
    Some(Trigger { token, span, lemma, rule, frame, verb: true, support: None, opinion })
}

/// Whom or what an act is aimed at whose own noun is the object: "set fire to a hotel", "filed a lawsuit against its partner".
fn aimed_at(clauses: &Clauses<'_>, rule: &EventRule, listener: &Listener, verb: usize) -> Option<usize> {
    use EventType::{Accuse, Assault, Coerce, Protest, Sanction, Sue};
    let tree = clauses.tree;
    let hostile = matches!(rule.event_type, Assault | Coerce | Sanction | Sue | Accuse | Protest);
    let named = listener.others.iter().any(|o| tree.with_rel(verb, &[Deprel::Obj]).any(|t| tree.matches(t, o)));
    let behind = |o: &usize| matches!(tree.case(*o).as_deref(), Some("to" | "on" | "against" | "at"));
    tree.with_rel(verb, &[Deprel::Obl]).filter(|_| hostile && named).find(|o| {
        let span = tree.document.tokens[*o].span;
        behind(o) && !clauses.times.iter().any(|t| t.span.contains(span))
    })
}

/// "called off their strike", where the particle is read as a preposition: the object of a phrase that rules know.
fn object_behind_particle(clauses: &Clauses<'_>, verb: usize, base: &str) -> Option<usize> {
    let tree = clauses.tree;
    let oblique = tree.with_rel(verb, &[Deprel::Obl]).next()?;
    let particle = tree.first(oblique, &[Deprel::Case]).filter(|case| *case == verb + 1)?;
    let word = tree.lower(particle);
    let known = |l: &Listener| l.others.first() == Some(&word);
    // "flew in two teams" flies nowhere: people and numbers are no places.
    let brought = word == "in"
        && (tree.first(oblique, &[Deprel::Nummod]).is_some() || clauses.class(oblique).kind.is_some())
        && !clauses.class(oblique).place;
    let particle = brought || PARTICLES.contains(&word.as_str());
    (particle && clauses.lexicon.events.verb(base).iter().any(known)).then_some(oblique)
}

/// The event noun that a verb phrase consists of, beside a light verb.
fn supported(clauses: &Clauses<'_>, listener: &Listener, verb: usize) -> Option<usize> {
    let tree = clauses.tree;
    let light = clauses.lexicon.words.has(List::Light, &verb_lemma(tree, verb));
    let named = |t: &usize| listener.others.iter().any(|o| tree.matches(*t, o)) && is_event_noun(clauses, *t);
    // "launched a series of attacks".
    let counted = |t: usize| counted(tree, &clauses.lexicon.words, t);
    tree.with_rel(verb, &[Deprel::Obj]).flat_map(counted).find(|t| light && named(t))
}

/// Puts whom or what an act is done to in the place of the noun that names the act: "launched an attack on the port",
/// "took control of the village", "took 40 soldiers prisoner".
fn unfold(clauses: &Clauses<'_>, rule: &EventRule, listener: &Listener, lemma: &str, frame: &mut Frame) {
    let (tree, words) = (clauses.tree, &clauses.lexicon.words);
    let named = |noun: usize| {
        let fixed = listener.others.iter().any(|o| tree.matches(noun, o));
        let lends = words.has(List::Lending, lemma) && is_event_noun(clauses, noun);
        fixed || lends && rule.object.has_word(&clauses.lemma(noun))
    };
    let held = |noun: usize| words.has(List::Held, &tree.lower(noun));
    // "declared a state of emergency": the words that the rule asks for stand below the object.
    let around = |noun: usize| {
        let asked = |n: usize| listener.others.iter().any(|o| tree.matches(n, o));
        tree.with_rel(noun, &[Deprel::Nmod]).any(|n| asked(n) && clauses.cast.actor_at(n).is_none())
    };
    frame.patients.retain(|p| named(*p) || !around(*p) || words.has(List::Quantity, tree.lemma(*p)));
    let (acts, mut patients): (Vec<usize>, Vec<usize>) = frame.patients.iter().partition(|p| named(**p));
    for act in acts {
        if held(act) {
            // Whoever parses the people as a part of the fixed word, they are who it is done to.
            let before = tree.dependents(act).filter(|d| *d < act && matches!(tree.pos(*d), Upos::Noun | Upos::Propn));
            patients.extend(before.rev().find(|d| tree.rel(*d) != Deprel::NmodPoss));
            continue;
        }
        let own = own_frame(tree, act);
        // "pulled survivors from the rubble" names those whom it happens to.
        if own.patients.is_empty() && !is_event_noun(clauses, act) {
            patients.push(act);
            continue;
        }
        patients.extend(own.patients);
        frame.recipients.extend(own.recipients);
        if frame.agents.is_empty() {
            frame.agents = own.agents;
        }
    }
    frame.patients = patients;
}

/// Whether a word is the last part of one that is written with a hyphen behind a capitalised noun.
fn ends_compound(tree: &Tree<'_>, token: usize) -> bool {
    let tight = |t: usize| !tree.document.tokens[t].space_after;
    let Some(first) = token.checked_sub(2) else { return false };
    tree.word(token - 1) == "-"
        && tight(token - 1)
        && tight(first)
        && matches!(tree.pos(first), Upos::Noun | Upos::Propn)
}

fn noun(clauses: &Clauses<'_>, token: usize) -> Option<Trigger> {
    let (tree, lexicon) = (clauses.tree, clauses.lexicon);
    let lemma = noun_lemma(tree, token);
    // "in March" is a date, whatever else a march is.
    let span = tree.document.tokens[token].span;
    if clauses.times.iter().any(|t| t.interval.is_some() && t.span.contains(span)) {
        return None;
    }
    let rule = noun_rule(clauses, token);
    let happening = lexicon.words.has(List::Happening, &lemma);
    if rule.is_none() && !happening {
        return None;
    }
    let modifier =
        matches!(tree.rel(token), Deprel::Compound | Deprel::Amod | Deprel::Flat | Deprel::NmodDesc | Deprel::Fixed);
    if modifier || tree.name(token).is_some_and(|n| n.tokens.len() > 1) {
        return None;
    }
    // "charged with murder", "jailed for arson": the charge is told, whether it was done is not.
    if is_charge(clauses, token) {
        return None;
    }
    // "weak demand in China", "demand for oil": what buyers want, and nobody's demand.
    if lemma == "demand" && tree.tag(token) == "NN" && tree.first(token, &[Deprel::Det, Deprel::NmodPoss]).is_none() {
        return None;
    }
    // "by 97 votes to 21": what is counted is the ballots.
    if lemma == "vote" && tree.tag(token) == "NNS" && tree.first(token, &[Deprel::Nummod]).is_some() {
        return None;
    }
    // "starved to death" tells of one event, and its verb has told it; "for the fifth time in a row" of none.
    if lexicon.words.has(List::Idiom, &behind_preposition(tree, token)) {
        return None;
    }
    // "most of the world's earthquakes occur here": of many or of all, nothing is told.
    if tree.case(token).as_deref() == Some("of")
        && tree.head(token).is_some_and(|h| matches!(tree.lower(h).as_str(), "most" | "many" | "all" | "some" | "few"))
    {
        return None;
    }
    // "ban on" one may ask for is no ban; a bare plural or "any" tells of no happening.
    if tree
        .first(token, &[Deprel::Det])
        .is_some_and(|d| matches!(tree.lower(d).as_str(), "any" | "every" | "each" | "all"))
    {
        return None;
    }
    if !grounded(clauses, token) {
        return None;
    }
    let (span, words) = noun_span(clauses, token, rule.map(|(_, listener)| listener));
    let support = support(tree, &lexicon.words, token);
    Some(Trigger {
        token,
        span,
        lemma: words,
        rule: rule.map(|(rule, _)| rule),
        frame: noun_frame(tree, &lexicon.words, token),
        verb: false,
        support,
        opinion: Opinion::default(),
    })
}

/// Whether a verb opens a main clause of the body in its bare form, without subject and auxiliary.
fn is_command(clauses: &Clauses<'_>, verb: usize) -> bool {
    let tree = clauses.tree;
    let sentence = &tree.document.sentences[tree.document.sentence_of(verb)];
    let bare = |v: usize| {
        let own = [
            Deprel::Nsubj,
            Deprel::NsubjPass,
            Deprel::NsubjOuter,
            Deprel::Aux,
            Deprel::AuxPass,
            Deprel::Mark,
            Deprel::Csubj,
        ];
        tree.tag(v) == "VB" && tree.first(v, &own).is_none()
    };
    let opens = |v: usize| tree.rel(v) == Deprel::Root && v == sentence.tokens.start && bare(v);
    let joined = || tree.head(verb).filter(|_| tree.rel(verb) == Deprel::Conj && bare(verb)).is_some_and(opens);
    sentence.zone == Zone::Body && (opens(verb) || joined())
}

/// Whether a bare noun only names what somebody is charged with, sentenced or acquitted for.
fn is_charge(clauses: &Clauses<'_>, noun: usize) -> bool {
    let tree = clauses.tree;
    let bare = !tree
        .dependents(noun)
        .any(|d| matches!(tree.rel(d), Deprel::Det | Deprel::NmodPoss | Deprel::Nmod | Deprel::Acl | Deprel::AclRelcl));
    let first = tree.head(noun).filter(|_| tree.rel(noun) == Deprel::Conj).unwrap_or(noun);
    let with = tree.case(first).is_some_and(|c| matches!(c.as_str(), "with" | "of" | "for" | "on"));
    let charged = tree.head(first).filter(|v| bare && with && tree.pos(*v) == Upos::Verb);
    charged.is_some_and(|v| {
        clauses.lexicon.words.has(List::Charging, tree.lemma(v))
            || matches!(
                tree.lemma(v),
                "charge" | "indict" | "jail" | "sentence" | "arrest" | "try" | "prosecute" | "imprison"
            )
    })
}

/// A noun with its preposition and article, in small letters: "to death", "in a row".
fn behind_preposition(tree: &Tree<'_>, noun: usize) -> String {
    let case = tree.first(noun, &[Deprel::Case]).filter(|c| *c < noun && noun - *c <= 2);
    (case.unwrap_or(noun)..noun + 1).map(|t| tree.lower(t)).collect::<Vec<_>>().join(" ")
}

/// An event noun with the words before it that its rule asks for ("press conference"), and their dictionary forms.
fn noun_span(clauses: &Clauses<'_>, noun: usize, listener: Option<&Listener>) -> (Span, String) {
    let tree = clauses.tree;
    if is_ceasefire(tree, noun) {
        return (tree.document.span_of(noun - 2..noun + 1), noun_lemma(tree, noun));
    }
    let others = listener.map(|l| l.others.as_slice()).unwrap_or_default();
    let before: Vec<usize> = tree
        .with_rel(noun, &[Deprel::Compound, Deprel::Amod])
        .filter(|d| *d < noun && others.iter().any(|o| tree.matches(*d, o)))
        .collect();
    let words = before.iter().chain([&noun]).map(|t| tree.lemma(*t).to_lowercase()).collect::<Vec<_>>();
    (tree.document.span_of(before.first().copied().unwrap_or(noun)..noun + 1), words.join(" "))
}

/// Whether words around an event noun tie it to a happening: an owner, a participant, a place, a date, a definite or
/// counted form, or a verb that says that it took place. "War", "in negotiations", "threats" alone name no happening.
fn grounded(clauses: &Clauses<'_>, token: usize) -> bool {
    let tree = clauses.tree;
    let timed = |t: usize| {
        let span = tree.document.tokens[t].span;
        clauses.times.iter().any(|x| x.interval.is_some() && x.span.contains(span))
    };
    let tied = |d: usize| match tree.rel(d) {
        Deprel::NmodPoss | Deprel::Nummod | Deprel::Nmod | Deprel::Acl | Deprel::AclRelcl => true,
        Deprel::Det => !matches!(tree.lower(d).as_str(), "any" | "some" | "all"),
        Deprel::Compound | Deprel::Amod | Deprel::Advmod | Deprel::Obl | Deprel::OblUnmarked => {
            timed(d) || tree.name(d).is_some() || country_at(tree, clauses.lexicon, d, d + 1).is_some()
        }
        _ => false,
    };
    if tree.dependents(token).any(tied) {
        return true;
    }
    governing_verb(tree, token).is_some_and(|v| {
        let lemma = tree.lemma(v);
        [List::Light, List::TakingPlace].iter().any(|l| clauses.lexicon.words.has(*l, lemma))
            || tree.dependents(v).any(timed)
    })
}

impl Trigger {
    /// The type that its rule gives it; without a rule, the one that the classifier is sure of.
    pub fn event_type(&self, clauses: &Clauses<'_>) -> EventType {
        let learned = || self.opinion.sure().unwrap_or(EventType::Other);
        self.rule.map_or_else(learned, |r| clauses.lexicon.events.rules()[r].event_type)
    }
}
