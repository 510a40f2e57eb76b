use std::collections::HashMap;

use super::bag::Bag;
use super::report::Report;

/// Articles are one story if they are this much alike on average.
const THRESHOLD: f32 = 0.2;
/// A story is looked for by so many of the heaviest words of an article ...
const LOOKED_FOR: usize = 16;
/// ... as long as not more stories than these have the word, for then it tells them not apart ...
const POSTINGS: usize = 64;
/// ... by the rarest of them first, until so many stories are found.
const GATHERED: usize = 256;
/// Of these, those are compared that share with the article this part, by weight, of what the first of them shares ...
const SHARED: f32 = 0.25;
/// ... in turn, until so many in a row were no better.
const COMPARED: usize = 4;
/// Words of an article that are compared.
const TERMS: usize = 96;
/// Words of a story that are kept.
const STORY_TERMS: usize = 384;
/// Times that the story of every article is looked at again once all have one.
const LOOKS: usize = 2;
/// The share of names in the likeness of articles; the rest is that of all words.
const NAMES: f32 = 0.2;

/// Terms of words get numbers as they come, so that they can be compared fast.
#[derive(Debug, Default)]
pub struct Terms {
    numbers: HashMap<String, u32>,
    /// How many articles have it.
    articles: Vec<u32>,
}

impl Terms {
    /// The number of a word.
    pub fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.articles.len() as u32;
        self.numbers.insert(word.to_owned(), number);
        self.articles.push(0);
        number
    }

    /// How rare a term is among so many articles: the logarithm of one in how many.
    pub fn rarity(&self, term: u32, articles: usize) -> f32 {
        let having = self.articles.get(term as usize).copied().unwrap_or_default();
        ((articles + 1) as f32 / (having as f32 + 0.5)).ln()
    }
}

/// What each article is about, as vectors of length 1: TF-IDF of its words, and again of its names.
pub fn subjects(reports: &[&Report], terms: &mut Terms) -> Vec<Bag> {
    let mut counted = Vec::with_capacity(reports.len());
    for report in reports {
        let all: Vec<(u32, f32)> = report.words.iter().map(|(word, _)| (terms.number(word), 1.0)).collect();
        let names = report.words.iter().filter(|w| w.1).map(|(word, _)| (terms.number(&format!("{word}^")), 1.0));
        let (all, names) = (Bag::of(all), Bag::of(names.collect()));
        for (term, _) in all.terms().iter().chain(names.terms()) {
            terms.articles[*term as usize] += 1;
        }
        counted.push((all, names));
    }
    let weigh = |bag: Bag| {
        let weight = |(term, count): &(u32, f32)| (*term, (1.0 + count.ln()) * terms.rarity(*term, reports.len()));
        Bag::of(bag.terms().iter().map(weight).collect())
    };
    counted
        .into_iter()
        .map(|(all, names)| {
            let mut subject = weigh(all).heaviest(TERMS).scaled_to((1.0 - NAMES).sqrt());
            subject.add(&weigh(names).heaviest(TERMS).scaled_to(NAMES.sqrt()), 1.0);
            subject
        })
        .collect()
}

#[derive(Debug, Default)]
struct Story {
    articles: f32,
    subject: Bag,
}

/// Articles by story. What is like a story in the average of all its articles joins it.
#[derive(Debug, Default)]
struct Stories {
    all: Vec<Story>,
    /// Stories by the number of a term.
    by_term: Vec<Vec<u32>>,
}

impl Stories {
    fn add(&mut self, story: usize, subject: &Bag, articles: f32) {
        let joined = &mut self.all[story];
        joined.articles += articles;
        joined.subject.add(subject, articles.signum());
        if joined.subject.terms().len() > 2 * STORY_TERMS {
            joined.subject = std::mem::take(&mut joined.subject).heaviest(STORY_TERMS);
        }
    }

    /// Lists a story under the terms that it is looked for by.
    fn list(&mut self, story: usize, keys: &[(u32, f32)]) {
        for (term, _) in keys {
            let term = *term as usize;
            if self.by_term.len() <= term {
                self.by_term.resize_with(term + 1, Vec::new);
            }
            let posting = &mut self.by_term[term];
            if posting.len() <= POSTINGS && !posting.contains(&(story as u32)) {
                posting.push(story as u32);
            }
        }
    }

    /// The story that a subject of so many articles, looked for by these of its terms, is most like, if it is like any but `not`.
    fn nearest(&self, subject: &Bag, keys: &[(u32, f32)], articles: f32, not: Option<usize>) -> Option<(usize, f32)> {
        let listed = keys.iter().filter_map(|(term, weight)| Some((self.by_term.get(*term as usize)?, *weight)));
        let mut lists: Vec<(&Vec<u32>, f32)> = listed.filter(|list| list.0.len() <= POSTINGS).collect();
        lists.sort_by_key(|list| list.0.len());
        let mut shared = Vec::new();
        for (stories, weight) in lists {
            if shared.len() >= GATHERED {
                break;
            }
            shared.extend(stories.iter().map(|story| (*story, weight)));
        }
        let mut candidates = Bag::of(shared).terms().to_vec();
        candidates.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut best: Option<(usize, f32)> = None;
        let least = candidates.first().map_or(0.0, |c| c.1) * SHARED;
        let mut vain = 0;
        for (story, shared) in candidates {
            if vain >= COMPARED || shared < least {
                break;
            }
            vain += 1;
            let (number, story) = (story as usize, &self.all[story as usize]);
            if story.articles <= 0.0 || not == Some(number) {
                continue;
            }
            let likeness = subject.dot(&story.subject) / (articles * story.articles);
            if likeness > THRESHOLD && best.is_none_or(|b| likeness > b.1) {
                best = Some((number, likeness));
                vain = 0;
            }
        }
        best
    }
}

/// The story of each article, as numbers. Articles join the stories before them; then stories join, and each article is
/// looked at twice more, so that the order matters little.
pub fn stories(subjects: &[Bag]) -> Vec<usize> {
    let mut stories = Stories::default();
    let mut of: Vec<usize> = Vec::with_capacity(subjects.len());
    let keys: Vec<Vec<(u32, f32)>> = subjects.iter().map(|s| s.clone().heaviest(LOOKED_FOR).terms().to_vec()).collect();
    for (subject, keys) in subjects.iter().zip(&keys) {
        let story = stories.nearest(subject, keys, 1.0, None).map_or(stories.all.len(), |(story, _)| story);
        if story == stories.all.len() {
            stories.all.push(Story::default());
        }
        stories.add(story, subject, 1.0);
        stories.list(story, keys);
        of.push(story);
    }
    let mut into: Vec<usize> = (0..stories.all.len()).collect();
    for (story, into) in into.iter_mut().enumerate() {
        let (subject, articles) = (stories.all[story].subject.clone(), stories.all[story].articles);
        let heavy = subject.clone().heaviest(LOOKED_FOR);
        if let Some((other, _)) = stories.nearest(&subject, heavy.terms(), articles, Some(story)) {
            *into = other;
            stories.add(other, &subject, articles);
            stories.list(other, heavy.terms());
            stories.all[story] = Story::default();
        }
    }
    for story in &mut of {
        while into[*story] != *story {
            *story = into[*story];
        }
    }
    for _ in 0..LOOKS {
        for (article, subject) in subjects.iter().enumerate() {
            let before = of[article];
            stories.add(before, subject, -1.0);
            let story = stories.nearest(subject, &keys[article], 1.0, None).map_or(before, |(story, _)| story);
            stories.add(story, subject, 1.0);
            stories.list(story, &keys[article]);
            of[article] = story;
        }
    }
    of
}
