use super::Clauses;
use super::frame::{core, is_of_other_clause};
use super::trigger::Trigger;
use crate::extract::tree::CLAUSES;
use crate::language::{Deprel, Upos};
use crate::lexicon::List;
use crate::model::{Actor, ActorKind, MentionKind, Span};

/// A headline has at most so many words.
const MAX_WORDS: usize = 24;

/// One line that tells the event without the article: the words of its own clause in their order, pronouns replaced by
/// whom they stand for, dates and side clauses left out.
pub fn write(clauses: &Clauses<'_>, trigger: &Trigger) -> String {
    let tree = clauses.tree;
    let mut line = Line::default();
    // "The two banks held merger talks": a light verb makes a clause of its noun.
    let light =
        trigger.support.filter(|v| tree.rel(trigger.token) == Deprel::Obj && tree.head(trigger.token) == Some(*v));
    let (token, is_verb) = (light.unwrap_or(trigger.token), trigger.verb || light.is_some());
    let chosen = if is_verb { verb_clause(clauses, token) } else { noun_phrase(clauses, trigger) };
    // Subjects that grammar lends stand first.
    let relative =
        |t: usize| matches!(tree.lower(t).as_str(), "who" | "which" | "that" | "whom") && tree.head(t) == Some(token);
    let own_subject = chosen.iter().any(|t| {
        tree.head(*t) == Some(token) && matches!(tree.rel(*t), Deprel::Nsubj | Deprel::NsubjPass) && !relative(*t)
    });
    let doers = if trigger.frame.passive { &trigger.frame.patients } else { &trigger.frame.agents };
    for agent in doers.iter().take(2) {
        let timed = clauses.times.iter().any(|t| t.span.contains(tree.document.tokens[*agent].span));
        if !own_subject && !timed && !chosen.contains(agent) && (is_verb || tree.pos(*agent) != Upos::Pron) {
            if !line.words.is_empty() {
                line.words.push("and".into());
            }
            line.participant(clauses, *agent);
        }
    }
    if let Some(last) = line.words.last_mut().filter(|_| !is_verb) {
        last.push(':');
    }
    // The noun before a relative clause has taken the place of its pronoun.
    let lent = !line.words.is_empty();
    let object = relative_object(clauses, trigger, &chosen);
    let chosen: Vec<usize> = chosen.into_iter().filter(|t| !((lent || object.is_some()) && relative(*t))).collect();
    // What is only asked for, planned or refused must not read as done: "Reis to publish all contracts".
    let perfect = tree.with_rel(token, &[Deprel::Aux]).any(|a| tree.lemma(a) == "have");
    // "calls by the opposition to resign": without anybody who does it, the noun above says what it is.
    let noun = tree.head(token).filter(|_| tree.rel(token) == Deprel::Acl && !lent && !own_subject);
    let noun = noun.filter(|_| is_verb && tree.is_infinitive(token));
    if let Some(noun) = noun {
        let mut above = Vec::new();
        collect(clauses, noun, &mut above, false);
        let case = tree.first(noun, &[Deprel::Case]);
        above.retain(|t| *t < token && Some(*t) != case && tree.rel(*t) != Deprel::Det);
        tell(clauses, finish(clauses, above).into_iter(), None, &mut line);
        line.words.push("to".into());
    } else if lent && is_verb && tree.is_infinitive(token) && !perfect {
        // "The senate voted to confirm her": the vote is the deed.
        let vote = tree.head(token).filter(|v| tree.lemma(*v) == "vote").map(|v| tree.lower(v));
        line.words.extend(vote.or_else(|| phase(clauses, token)));
        line.words.push("to".into());
    } else if lent && is_verb && perfect && tree.is_infinitive(token) && tree.rel(token) == Deprel::Xcomp {
        // "is understood to have approached".
        line.words.extend(tree.head(token).map(|above| tree.lower(above)));
        line.words.push("to".into());
    } else if lent && is_verb {
        line.words.extend(phase(clauses, token));
    }
    let lowered = lent.then_some(token).filter(|_| is_verb);
    let chosen = subject_first(clauses, token, chosen);
    let particle = tree.first(token, &[Deprel::CompoundPrt]).unwrap_or(token).max(token);
    let split = object.map_or(chosen.len(), |_| chosen.iter().take_while(|t| **t <= particle).count());
    tell(clauses, chosen[..split].iter().copied(), lowered, &mut line);
    if let Some(object) = object {
        line.participant(clauses, object);
        tell(clauses, chosen[split..].iter().copied(), lowered, &mut line);
    }
    if let Some(said) = said_before(clauses, trigger) {
        if let Some(last) = line.words.last_mut() {
            last.push(':');
        }
        tell(clauses, said.into_iter(), None, &mut line);
    }
    let mut words = line.words;
    // "And Morosini surrendered", where the parser hangs the conjunction on the subject.
    while words.first().is_some_and(|w| matches!(w.to_lowercase().as_str(), "and" | "but" | "or")) {
        words.remove(0);
    }
    let cut = words.len() > MAX_WORDS;
    words.truncate(MAX_WORDS);
    let mut line = words
        .join(" ")
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—'))
        .to_owned();
    if cut {
        line.push('…');
    }
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => trigger.lemma.clone(),
    }
}

/// The line so far.
#[derive(Default)]
struct Line {
    words: Vec<String>,
    /// The actors whose names stand in it.
    told: Vec<usize>,
}

impl Line {
    /// Adds a participant by its name or phrase.
    fn participant(&mut self, clauses: &Clauses<'_>, head: usize) {
        self.words.push(name_or_phrase(clauses, head));
        self.told.extend(clauses.cast.actor_at(head));
    }
}

/// Adds tokens as words: pronouns by name, parts of a word in one piece, `lowered` (a participle that opened its sentence
/// and now follows its subject) in small letters.
fn tell(clauses: &Clauses<'_>, tokens: impl Iterator<Item = usize>, lowered: Option<usize>, line: &mut Line) {
    let tree = clauses.tree;
    let words = &mut line.words;
    let mut previous: Option<usize> = None;
    for token in tokens {
        let actor = clauses.cast.actor_at(token);
        // "The owner said that he ...": a pronoun is plain once its name stands before it.
        let plain = actor.is_some_and(|a| line.told.contains(&a));
        line.told.extend(actor);
        let text = match pronoun(clauses, token).filter(|_| !plain).or_else(|| whose(clauses, token)) {
            Some(name) => name,
            None if lowered == Some(token) => tree.lower(token),
            None => tree.word(token).to_owned(),
        };
        let glued = previous.is_some_and(|p| p + 1 == token && !tree.document.tokens[p].space_after);
        match words.last_mut() {
            Some(last) if glued => last.push_str(&text),
            _ => words.push(text),
        }
        previous = Some(token);
    }
}

/// The noun that "whose" stands for: "the nations whose lands had been taken".
fn whose(clauses: &Clauses<'_>, token: usize) -> Option<String> {
    let tree = clauses.tree;
    let clause = tree.ancestors(token).skip(1).find(|t| tree.rel(*t) == Deprel::AclRelcl)?;
    let nominal = |n: &usize| matches!(tree.pos(*n), Upos::Noun | Upos::Propn) && *n < token;
    // "an Australian, then 16, whose voyage".
    let noun = tree.ancestors(clause).skip(1).take(2).find(nominal).filter(|_| tree.lower(token) == "whose")?;
    let word = tree.word(noun);
    Some(if word.ends_with('s') { format!("{word}'") } else { format!("{word}'s") })
}

/// "said the analyst" as "the analyst said": the words of a subject right behind a verb that opens the clause go before it.
fn subject_first(clauses: &Clauses<'_>, verb: usize, mut chosen: Vec<usize>) -> Vec<usize> {
    let tree = clauses.tree;
    let opens = chosen.first() == Some(&verb) && clauses.lexicon.words.has(List::Reporting, tree.lemma(verb));
    let subject = tree.first(verb, &[Deprel::Nsubj]).filter(|s| opens && *s > verb && chosen.contains(s));
    if let Some(subject) = subject {
        let below = |t: &usize| tree.ancestors(*t).any(|a| a == subject);
        let end = 1 + chosen[1..].iter().take_while(|t| below(t)).count();
        chosen[..end].rotate_left(1);
    }
    chosen
}

/// The verb above that tells the phase: "began distributing", "stopped paying", "failed to agree".
fn phase(clauses: &Clauses<'_>, verb: usize) -> Option<String> {
    let tree = clauses.tree;
    let above = tree.head(verb).filter(|_| tree.rel(verb) == Deprel::Xcomp)?;
    let lists = [List::Starting, List::Ongoing, List::Ending, List::Failing, List::ImplicativeNot];
    lists.iter().any(|l| clauses.lexicon.words.has(*l, tree.lemma(above))).then(|| tree.lower(above))
}

/// The object of a relative clause, which stands before it: "the bill, which the senate passed", "the plan they signed".
fn relative_object(clauses: &Clauses<'_>, trigger: &Trigger, chosen: &[usize]) -> Option<usize> {
    let tree = clauses.tree;
    let relative = trigger.verb && tree.rel(trigger.token) == Deprel::AclRelcl && !trigger.frame.passive;
    let noun = tree.head(trigger.token).filter(|_| relative)?;
    let own = trigger.frame.patients.iter().any(|p| chosen.contains(p));
    let done_to = trigger.frame.patients.contains(&noun) && !trigger.frame.agents.contains(&noun);
    let dated = clauses.times.iter().any(|t| t.span.contains(tree.document.tokens[noun].span));
    (done_to && !own && !dated).then_some(noun)
}

/// What an inserted verb of saying reports ("Putin was briefed, the Kremlin said"): the clause that it hangs on.
fn said_before(clauses: &Clauses<'_>, trigger: &Trigger) -> Option<Vec<usize>> {
    let tree = clauses.tree;
    let inserted = trigger.verb
        && tree.rel(trigger.token) == Deprel::Parataxis
        && clauses.lexicon.words.has(List::Reporting, tree.lemma(trigger.token))
        && tree.first(trigger.token, &[Deprel::Ccomp, Deprel::Obj]).is_none();
    let main = tree.head(trigger.token).filter(|h| inserted && tree.pos(*h) == Upos::Verb)?;
    let clause = verb_clause(clauses, main);
    let own: Vec<usize> = clause.into_iter().filter(|t| tree.ancestors(*t).all(|a| a != trigger.token)).collect();
    Some(own)
}

/// The tokens of the clause: the verb, its auxiliaries, arguments and complements.
fn verb_clause(clauses: &Clauses<'_>, verb: usize) -> Vec<usize> {
    let (tree, words) = (clauses.tree, &clauses.lexicon.words);
    let mut chosen = vec![verb];
    for child in tree.dependents(verb) {
        let keep = match tree.rel(child) {
            Deprel::Nsubj | Deprel::NsubjPass => !is_of_other_clause(tree, verb, child),
            Deprel::Obj => !is_time(clauses, child),
            Deprel::Iobj | Deprel::Aux | Deprel::AuxPass | Deprel::CompoundPrt | Deprel::Xcomp | Deprel::Cop => true,
            Deprel::OblAgent => !is_time(clauses, child),
            // What is said belongs to a statement.
            Deprel::Ccomp => child > verb,
            // "Norvik to buy rival".
            Deprel::Mark => {
                tree.lower(child) == "to" && tree.first(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some()
            }
            Deprel::Advmod => is_short_adverb(clauses, child),
            // "forced the president to leave", where the infinitive is read as a purpose.
            Deprel::Advcl => tree.is_infinitive(child) && words.has(List::ObjectControl, tree.lemma(verb)),
            // "a month after police searched his home": the length belongs to the conjunction.
            Deprel::OblUnmarked if tree.first(verb, &[Deprel::Mark]).is_some_and(|m| m > child) => false,
            // "the raid, in which 19 students were hurt".
            Deprel::Obl if matches!(tree.lower(child).as_str(), "which" | "whom") => false,
            Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked => !is_time(clauses, child) && !attributes(clauses, child),
            _ => false,
        };
        if keep {
            collect(
                clauses,
                child,
                &mut chosen,
                matches!(tree.rel(child), Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl),
            );
        }
    }
    finish(clauses, chosen)
}

fn noun_phrase(clauses: &Clauses<'_>, trigger: &Trigger) -> Vec<usize> {
    let mut chosen = Vec::new();
    collect(clauses, trigger.token, &mut chosen, false);
    // Its own preposition belongs to the clause above.
    chosen.retain(|t| !(clauses.tree.rel(*t) == Deprel::Case && clauses.tree.head(*t) == Some(trigger.token)));
    let determiner = |t: &usize| {
        clauses.tree.rel(*t) == Deprel::Det
            && clauses.tree.head(*t) == Some(trigger.token)
            && clauses.tree.lower(*t) != "no"
    };
    chosen.retain(|t| !determiner(t));
    // "It is the third coup": the noun alone is told.
    let predicate = |t: &usize| {
        let above = std::iter::once(*t)
            .chain(clauses.tree.ancestors(*t))
            .find(|a| clauses.tree.head(*a) == Some(trigger.token));
        above.is_some_and(|a| matches!(clauses.tree.rel(a), Deprel::Nsubj | Deprel::Cop | Deprel::Aux))
    };
    chosen.retain(|t| *t == trigger.token || !predicate(t));
    finish(clauses, chosen)
}

/// A subtree without the clauses, dates and asides in it.
fn collect(clauses: &Clauses<'_>, token: usize, chosen: &mut Vec<usize>, verb: bool) {
    let tree = clauses.tree;
    let mut stack = vec![(token, 0)];
    while let Some((at, depth)) = stack.pop() {
        chosen.push(at);
        for child in tree.dependents(at) {
            let rel = tree.rel(child);
            let clause = CLAUSES.contains(&rel) && !(rel == Deprel::Punct && is_inner_punct(clauses, child));
            let obj_of_complement = verb && matches!(rel, Deprel::Xcomp | Deprel::Ccomp);
            // "The company's director, Tunde Adeyemi,": who it is.
            let named = rel == Deprel::Appos && depth == 0 && tree.name(child).is_some() && tree.name(at).is_none();
            if depth < 12
                && (!clause || obj_of_complement || named)
                && !is_time(clauses, child)
                && rel != Deprel::Discourse
            {
                stack.push((child, depth + 1));
            }
        }
    }
}

/// Hyphens, quotes and brackets inside a phrase stay; commas at its ends go with what they part.
fn is_inner_punct(clauses: &Clauses<'_>, token: usize) -> bool {
    matches!(clauses.tree.word(token), "-" | "–" | "/" | "%" | "'" | "’" | "&")
}

fn finish(clauses: &Clauses<'_>, mut chosen: Vec<usize>) -> Vec<usize> {
    chosen.sort_unstable();
    chosen.dedup();
    // A preposition whose date was left out stands alone.
    chosen.retain(|t| !(clauses.tree.pos(*t) == Upos::Adp && t + 1 < clauses.tree.len() && is_time(clauses, t + 1)));
    // Commas of coordination that the clause filter took.
    let tree = clauses.tree;
    let mut with_commas = Vec::with_capacity(chosen.len());
    for (i, token) in chosen.iter().enumerate() {
        let gap = i > 0 && token - chosen[i - 1] == 2 && tree.word(token - 1) == ",";
        if gap {
            with_commas.push(token - 1);
        }
        with_commas.push(*token);
    }
    with_commas
}

fn is_short_adverb(clauses: &Clauses<'_>, token: usize) -> bool {
    // "late on Tuesday".
    let dates = (token + 1..clauses.tree.len().min(token + 3)).any(|t| is_time(clauses, t));
    if dates && matches!(clauses.tree.lower(token).as_str(), "late" | "early" | "earlier" | "later") {
        return false;
    }
    clauses.tree.dependents(token).next().is_none()
        && !is_time(clauses, token)
        && !matches!(
            clauses.tree.lower(token).as_str(),
            "also"
                | "however"
                | "meanwhile"
                | "additionally"
                | "then"
                | "already"
                | "therefore"
                | "where"
                | "when"
                | "how"
                | "why"
        )
}

fn is_time(clauses: &Clauses<'_>, token: usize) -> bool {
    let span = clauses.tree.document.tokens[token].span;
    clauses.times.iter().any(|t| t.span.contains(span) && t.interval.is_some())
}

fn attributes(clauses: &Clauses<'_>, token: usize) -> bool {
    clauses.tree.case(token).is_some_and(|c| c.starts_with("according"))
}

/// The name that a personal or possessive pronoun stands for.
fn pronoun(clauses: &Clauses<'_>, token: usize) -> Option<String> {
    let tree = clauses.tree;
    if tree.pos(token) != Upos::Pron && tree.pos(token) != Upos::Det {
        return None;
    }
    let actor = clauses.cast.actor_at(token)?;
    let name = &clauses.cast.actors[actor].name;
    match tree.lower(token).as_str() {
        "he" | "she" | "they" | "it" | "him" | "them" => Some(name.clone()),
        "his" | "their" | "its" => Some(possessive(name)),
        "her" if tree.rel(token) == Deprel::NmodPoss => Some(possessive(name)),
        "her" => Some(name.clone()),
        _ => None,
    }
}

/// "Merz's", "the units'".
fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

/// The name of an actor named by a pronoun or role, else the words of the phrase.
fn name_or_phrase(clauses: &Clauses<'_>, head: usize) -> String {
    let head = core(clauses.tree, &clauses.lexicon.words, head);
    let actor = clauses.cast.actor_at(head);
    let span: Span = clauses.tree.phrase_span(head);
    let mention = clauses.cast.mentions.iter().find(|m| m.span == span && Some(m.actor) == actor);
    match (actor, mention.map(|m| m.kind)) {
        (Some(actor), Some(MentionKind::Pronoun | MentionKind::Name)) => clauses.cast.actors[actor].name.clone(),
        // "the company's director", whose name the article tells.
        (Some(actor), Some(MentionKind::Role)) if is_named_person(&clauses.cast.actors[actor]) => {
            clauses.cast.actors[actor].name.clone()
        }
        _ => clauses.tree.document.words(span).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn is_named_person(actor: &Actor) -> bool {
    actor.kind == Some(ActorKind::Person) && actor.rule != "role-noun"
}
