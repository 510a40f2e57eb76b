use crate::extract::tree::Tree;
use crate::language::{Deprel, Upos};
use crate::lexicon::{List, Words};
use crate::model::Zone;

/// Who does what to whom in one clause, as head tokens, before anything is known of who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Who does it.
    pub agents: Vec<usize>,
    /// Whom or what it is done to.
    pub patients: Vec<usize>,
    /// To whom it is given or said, with whom it is done.
    pub recipients: Vec<usize>,
    /// The verb is passive.
    pub passive: bool,
}

/// Depth to which subjects are looked for in governing clauses.
const DEPTH: usize = 6;

/// The frame of a verb: its own arguments, and those that grammar lends it from the clause above (coordination, control,
/// participles, relative clauses).
pub fn verb_frame(tree: &Tree<'_>, words: &Words, verb: usize) -> Frame {
    frame(tree, words, verb, DEPTH)
}

fn frame(tree: &Tree<'_>, words: &Words, verb: usize, depth: usize) -> Frame {
    let has = |rels: &[Deprel]| tree.first(verb, rels).is_some();
    let misread = is_misread_past(tree, verb);
    let participle = !misread && tree.tag(verb) == "VBN" && matches!(tree.rel(verb), Deprel::Acl | Deprel::Amod);
    let passive =
        has(&[Deprel::NsubjPass, Deprel::AuxPass, Deprel::OblAgent]) || participle || shares_passive(tree, verb);
    let mut found = Frame { passive, ..Frame::default() };
    // "prisoner" in "took civilians prisoner".
    let is_held = |token: usize| words.has(List::Held, &tree.lower(token));
    let mut subjects = subjects(tree, verb);
    if misread {
        subjects.extend(tree.head(verb).map(|h| coordinated(tree, h)).unwrap_or_default());
    }
    let borrowed = if subjects.is_empty() && depth > 0 { lent(tree, words, verb, depth - 1) } else { subjects };
    let mut objects = arguments(tree, verb, &[Deprel::Obj]);
    if objects.is_empty() {
        // "acquitted itself well": a pronoun right behind its verb is no adverbial.
        let behind = tree.with_rel(verb, &[Deprel::OblUnmarked]).find(|o| *o == verb + 1 && tree.pos(*o) == Upos::Pron);
        objects.extend(behind);
    }
    if !objects.is_empty() {
        // A noun cannot be coordinated with a verb: it belongs to the object before it.
        let astray = tree.with_rel(verb, &[Deprel::Conj]).filter(|c| {
            matches!(tree.pos(*c), Upos::Noun | Upos::Propn)
                && tree.first(*c, &[Deprel::Nsubj, Deprel::Cop, Deprel::Aux]).is_none()
        });
        objects.extend(astray);
    }
    if objects.is_empty() {
        // "became director": what somebody becomes stands where an object would.
        let named = tree.with_rel(verb, &[Deprel::Xcomp]).filter(|x| matches!(tree.pos(*x), Upos::Noun | Upos::Propn));
        // "took 13 soldiers prisoner", where "soldiers" is read as part of what they become.
        objects.extend(named.map(|x| tree.first(x, &[Deprel::Compound]).filter(|_| is_held(x)).unwrap_or(x)));
    }
    if objects.iter().any(|o| !is_held(*o)) {
        objects.retain(|o| !is_held(*o));
    }
    if passive {
        found.patients = borrowed;
        // "had been held hostage".
        found.recipients = objects.into_iter().filter(|o| !is_held(*o)).collect();
        found.agents = arguments(tree, verb, &[Deprel::OblAgent]);
        let by = tree.with_rel(verb, &[Deprel::Obl]).filter(|o| tree.case(*o).as_deref() == Some("by"));
        found.agents.extend(by.flat_map(|o| coordinated(tree, o)));
    } else {
        found.agents = borrowed;
        found.patients = objects;
    }
    let mut told = arguments(tree, verb, &[Deprel::Iobj]);
    let controls = words.has(List::ObjectControl, tree.lemma(verb)) && !words.has(List::Addressing, tree.lemma(verb));
    if !passive && controls && found.patients.is_empty() {
        // "persuaded the rebels to leave": who is made to do it is the object, whatever the parser calls it.
        found.patients.append(&mut told);
    }
    found.recipients.append(&mut told);
    for oblique in tree.with_rel(verb, &[Deprel::Obl]) {
        if matches!(
            tree.case(oblique).as_deref(),
            Some("to" | "with" | "against" | "for" | "at" | "on" | "of" | "into")
        ) && matches!(tree.pos(oblique), Upos::Noun | Upos::Propn | Upos::Pron)
        {
            found.recipients.extend(coordinated(tree, oblique));
        }
    }
    // "the man whom they arrested", "the plan the two signed": the noun before the clause is the object.
    if matches!(tree.rel(verb), Deprel::AclRelcl) && found.patients.is_empty() && !passive && is_of_object(tree, verb) {
        let noun = tree.head(verb);
        found.patients.extend(noun.filter(|n| !found.agents.contains(n)));
    }
    for list in [&mut found.agents, &mut found.patients, &mut found.recipients] {
        *list = list.iter().filter_map(|token| antecedent(tree, *token)).collect();
        list.dedup();
        list.retain(|t| *t != verb && tree.rel(*t) != Deprel::Expl);
    }
    found
}

/// Whether a relative clause can tell of what is done to its noun: in "evidence that he had paid" and "the day when they met"
/// the noun is no part of the clause.
fn is_of_object(tree: &Tree<'_>, verb: usize) -> bool {
    let aside = |t: usize| match tree.lower(t).as_str() {
        "that" => tree.rel(t) == Deprel::Mark,
        word => matches!(word, "when" | "where" | "why"),
    };
    let pronoun = tree.with_rel(verb, &[Deprel::Obj]).any(|o| o < verb);
    // "a report that he had agreed to meet": the verb has its object in its own clause.
    let complete = tree.first(verb, &[Deprel::Xcomp, Deprel::Ccomp]).is_some();
    (pronoun || !complete) && !tree.dependents(verb).any(|t| t < verb && aside(t))
}

/// The subjects of a verb. Two that are not coordinated are one phrase, where the name counts: "the surgeon John Rae met",
/// "Frederick the Great invited".
fn subjects(tree: &Tree<'_>, verb: usize) -> Vec<usize> {
    let rels = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter];
    let own: Vec<usize> = tree.with_rel(verb, &rels).filter(|s| !is_of_other_clause(tree, verb, *s)).collect();
    match own[..] {
        [_, .., last] if last < verb => {
            let named = own.iter().copied().find(|s| tree.name(*s).is_some());
            coordinated(tree, argument(tree, named.unwrap_or(last)))
        }
        _ => own.into_iter().flat_map(|s| coordinated(tree, argument(tree, s))).collect(),
    }
}

/// Whether a subject of a verb stands before a comma that another one follows: "Putin briefed on proposals, Kremlin says".
pub fn is_of_other_clause(tree: &Tree<'_>, verb: usize, subject: usize) -> bool {
    tree.with_rel(verb, &[Deprel::Nsubj, Deprel::NsubjPass])
        .any(|s| subject < s && s < verb && (subject..s).any(|t| tree.word(t) == ","))
}

/// Whether the parser took the past tense of a whole sentence for a participle of its subject: "A bomb exploded outside
/// the barracks" needs a verb, while "Village captured" is how headlines write.
fn is_misread_past(tree: &Tree<'_>, verb: usize) -> bool {
    let sentence = &tree.document.sentences[tree.document.sentence_of(verb)];
    let Some(noun) = tree.head(verb) else { return false };
    sentence.zone == Zone::Body
        && tree.tag(verb) == "VBN"
        && tree.rel(verb) == Deprel::Acl
        && tree.rel(noun) == Deprel::Root
        && tree.first(verb, &[Deprel::Aux, Deprel::AuxPass, Deprel::OblAgent]).is_none()
        && !tree.with_rel(verb, &[Deprel::Obl]).any(|o| tree.case(o).as_deref() == Some("by"))
        && !sentence.tokens.clone().any(|t| matches!(tree.rel(t), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Cop))
}

/// "was arrested on Sunday and released a day later": the auxiliary of the first verb serves the second.
fn shares_passive(tree: &Tree<'_>, verb: usize) -> bool {
    let own = [Deprel::Nsubj, Deprel::Obj, Deprel::Aux, Deprel::Cop];
    let Some(first) = tree.head(verb).filter(|h| tree.rel(verb) == Deprel::Conj && tree.pos(*h) == Upos::Verb) else {
        return false;
    };
    // "eleven were hurt and 23 detained": what the second verb has before it is its subject, and nothing stands behind it.
    let gapped = tree.tag(verb) == "VBN" && tree.first(verb, &own[1..]).is_none();
    // "was sworn in and pledged to call elections".
    let acts = tree.tag(verb) == "VBD" && tree.first(verb, &[Deprel::Xcomp, Deprel::Ccomp]).is_some();
    matches!(tree.tag(verb), "VBN" | "VBD")
        && !acts
        && tree.tag(first) == "VBN"
        && (gapped || tree.first(verb, &own).is_none())
        && tree.first(first, &[Deprel::AuxPass]).is_some()
}

/// The subject that the clause above lends to a verb without one.
fn lent(tree: &Tree<'_>, words: &Words, verb: usize, depth: usize) -> Vec<usize> {
    let Some(head) = tree.head(verb) else { return Vec::new() };
    let subject = |verb: usize| {
        let above = frame(tree, words, verb, depth);
        if above.passive { above.patients } else { above.agents }
    };
    // "The ship sank, officials said, killing nine": the verb of saying is only inserted.
    let gerund = tree.tag(verb) == "VBG" && head < verb && words.has(List::Reporting, tree.lemma(head));
    let told = || {
        let before = tree.first(head, &[Deprel::Ccomp, Deprel::Parataxis]).filter(|c| *c < head);
        tree.head(head).filter(|_| tree.rel(head) == Deprel::Parataxis).or(before)
    };
    match tree.rel(verb) {
        Deprel::Advcl | Deprel::Ccomp | Deprel::Xcomp if gerund && told().is_some() => {
            told().map(subject).unwrap_or_default()
        }
        Deprel::Conj if tree.pos(head) == Upos::Verb => subject(head),
        // "was disappointed and would meet both sides".
        Deprel::Conj if tree.first(head, &[Deprel::Cop]).is_some() => subject(head),
        Deprel::Xcomp | Deprel::Ccomp if tree.pos(head) == Upos::Verb && is_infinitive_or_gerund(tree, verb) => {
            let object = tree.first(head, &[Deprel::Obj, Deprel::Iobj]);
            match object {
                Some(object)
                    if words.has(List::ObjectControl, tree.lemma(head))
                        || tree.tag(verb) == "VBG" && words.has(List::Perceiving, tree.lemma(head)) =>
                {
                    coordinated(tree, object)
                }
                _ => subject(head),
            }
        }
        // "forcing 300,000 to flee": those who are forced flee.
        Deprel::Advcl if tree.tag(verb) == "VB" && words.has(List::ObjectControl, tree.lemma(head)) => {
            let object = tree.first(head, &[Deprel::Obj, Deprel::Iobj]);
            object.map_or_else(|| subject(head), |object| coordinated(tree, object))
        }
        // "accused rebels of burning the mill": those who are accused are said to have done it.
        Deprel::Advcl if words.has(List::Charging, tree.lemma(head)) && of_charge(tree, verb) => {
            let accused = tree.first(head, &[Deprel::Obj]);
            accused.map_or_else(|| subject(head), |accused| coordinated(tree, accused))
        }
        // "stripped the officer of his rank for beating prisoners": the officer did.
        Deprel::Advcl
            if tree.tag(verb) == "VBG" && tree.with_rel(verb, &[Deprel::Mark]).any(|m| tree.lower(m) == "for") =>
        {
            let object = tree.first(head, &[Deprel::Obj]).filter(|o| *o < verb && tree.pos(head) == Upos::Verb);
            object.map_or_else(|| subject(head), |object| coordinated(tree, object))
        }
        // "prevented women from being treated": the women were not.
        Deprel::Advcl if words.has(List::ImplicativeNot, tree.lemma(head)) && is_marked(tree, verb, "from") => {
            let object = tree.first(head, &[Deprel::Obj]).filter(|o| *o < verb);
            object.map_or_else(|| subject(head), |object| coordinated(tree, object))
        }
        // "saw rebels patrolling the market": the rebels do.
        Deprel::Advcl if tree.tag(verb) == "VBG" && words.has(List::Perceiving, tree.lemma(head)) => {
            let seen = tree.first(head, &[Deprel::Obj]).filter(|o| *o < verb && tree.word(verb - 1) != ",");
            seen.map_or_else(|| subject(head), |seen| coordinated(tree, seen))
        }
        // "The trial is due to open": whoever is due does it.
        Deprel::Xcomp if tree.pos(head) == Upos::Adj && tree.tag(verb) == "VB" => subject(head),
        Deprel::Advcl if tree.pos(head) == Upos::Verb => subject(head),
        // "the result of testing" tests nothing.
        Deprel::Acl if tree.first(verb, &[Deprel::Mark, Deprel::Case]).is_some() => Vec::new(),
        Deprel::Acl if matches!(tree.tag(verb), "VBG" | "VBN") => vec![head],
        // "urged fighters to leave", where the parser hangs the infinitive on the fighters.
        Deprel::Acl if matches!(tree.rel(head), Deprel::Obj | Deprel::Iobj) => {
            let controls = |v: &usize| words.has(List::ObjectControl, tree.lemma(*v));
            tree.head(head).filter(controls).map(|_| coordinated(tree, head)).unwrap_or_default()
        }
        Deprel::AclRelcl if tree.first(verb, &[Deprel::Obj]).is_some() || tree.tag(verb) == "VBN" => vec![head],
        Deprel::Amod if tree.tag(verb) == "VBN" => vec![head],
        _ => Vec::new(),
    }
}

fn is_marked(tree: &Tree<'_>, clause: usize, word: &str) -> bool {
    tree.with_rel(clause, &[Deprel::Mark, Deprel::Case]).any(|m| tree.lower(m) == word)
}

/// Whether a gerund stands behind "of": "of burning the mill".
fn of_charge(tree: &Tree<'_>, verb: usize) -> bool {
    tree.tag(verb) == "VBG" && tree.with_rel(verb, &[Deprel::Mark, Deprel::Case]).any(|m| tree.lower(m) == "of")
}

fn is_infinitive_or_gerund(tree: &Tree<'_>, verb: usize) -> bool {
    matches!(tree.tag(verb), "VB" | "VBG" | "VBN")
}

fn arguments(tree: &Tree<'_>, verb: usize, rels: &[Deprel]) -> Vec<usize> {
    tree.with_rel(verb, rels).flat_map(|a| coordinated(tree, argument(tree, a))).collect()
}

/// The head of an argument, or its name. A noun without a copula has no subject of its own: what the parser took for one is the head
/// of a longer phrase ("the village of Riehen in the Basel region" with "region" on top).
fn argument(tree: &Tree<'_>, token: usize) -> usize {
    // "the surgeon John Rae": a name right behind a common noun is who it is.
    let name = tree.first(token, &[Deprel::Appos]).filter(|n| *n == token + 1 && tree.pos(token) == Upos::Noun);
    if let Some(name) = name.filter(|n| tree.name(*n).is_some()) {
        return name;
    }
    let plain = tree.pos(token) == Upos::Noun && tree.first(token, &[Deprel::Cop]).is_none();
    tree.first(token, &[Deprel::Nsubj]).filter(|s| plain && *s < token && tree.pos(*s) == Upos::Noun).unwrap_or(token)
}

/// A nominal and those coordinated with it.
pub fn coordinated(tree: &Tree<'_>, token: usize) -> Vec<usize> {
    let mut all = vec![token];
    all.extend(
        tree.with_rel(token, &[Deprel::Conj]).filter(|c| !matches!(tree.pos(*c), Upos::Verb | Upos::Aux)).take(30),
    );
    all
}

/// The noun that a relative pronoun stands for; any other token is its own. A question names nobody: "did not say who had shelled it".
fn antecedent(tree: &Tree<'_>, token: usize) -> Option<usize> {
    let word = tree.lower(token);
    // "WHO says": an organisation.
    if !matches!(word.as_str(), "who" | "which" | "that" | "whom") || tree.word(token) == "WHO" {
        return Some(token);
    }
    let clause = tree.ancestors(token).skip(1).find(|t| matches!(tree.rel(*t), Deprel::AclRelcl | Deprel::AdvclRelcl));
    clause.and_then(|c| tree.head(c)).or((word == "that").then_some(token))
}

/// The noun that a quantity counts ("dozens of civilians", "one of the soldiers"); any other nominal is its own.
pub fn core(tree: &Tree<'_>, words: &Words, token: usize) -> usize {
    let quantity = matches!(tree.pos(token), Upos::Num | Upos::Det)
        || words.has(List::Quantity, &tree.lemma(token).to_lowercase());
    if !quantity {
        return token;
    }
    // "25 members of a fraud ring" are people, and so are "three members of his party"; "members of the army" are the army.
    let people = words.is_person(&tree.lemma(token).to_lowercase());
    if people && tree.first(token, &[Deprel::Nummod]).is_some() {
        return token;
    }
    let body = |n: &usize| tree.name(*n).is_some() || words.role(&tree.lemma(*n).to_lowercase()).is_some();
    let of = |t: usize| tree.with_rel(t, &[Deprel::Nmod, Deprel::Obl]).find(|n| tree.case(*n).as_deref() == Some("of"));
    let Some(counted) = of(token).filter(|n| !people || body(n)) else { return token };
    // "tens of thousands of people".
    let large = matches!(tree.lower(counted).as_str(), "thousands" | "millions");
    of(counted).filter(|_| large).unwrap_or(counted)
}

/// The nouns that an argument counts: "dozens of civilians and 13 soldiers" are the civilians and the soldiers.
pub fn counted(tree: &Tree<'_>, words: &Words, token: usize) -> Vec<usize> {
    let core = core(tree, words, token);
    let mut all = if core == token { vec![token] } else { coordinated(tree, core) };
    // "dozens of civilians and 13 soldiers prisoner": those who are held, not what they are held as.
    for noun in all.iter_mut().filter(|n| words.has(List::Held, &tree.lower(**n))) {
        *noun = tree.first(*noun, &[Deprel::Nsubj, Deprel::Compound]).filter(|p| *p < *noun).unwrap_or(*noun);
    }
    all
}

/// The dictionary form of a verb with its particle: "carry out".
pub fn verb_lemma(tree: &Tree<'_>, verb: usize) -> String {
    let particle = tree.first(verb, &[Deprel::CompoundPrt]).map(|p| tree.lower(p));
    let lemma = tree.lemma(verb).to_lowercase();
    particle.filter(|p| PARTICLES.contains(&p.as_str())).into_iter().fold(lemma, |l, p| format!("{l} {p}"))
}

/// Particles that make another verb; prepositions that the parser may take for one ("met in Geneva") do not.
pub const PARTICLES: &[&str] =
    &["up", "out", "off", "down", "away", "back", "over", "apart", "aside", "together", "forward", "through", "along"];
