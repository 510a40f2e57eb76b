//! Lines that stand in the text of a page and are not of the article: "Read more", "Photo:", "Updated 3 May", lists of
//! other stories.

use super::blocks::{Block, Kind};

/// A line that opens with one of these, in any case, is furniture if it has at most so many words.
const OPENINGS: &[(&str, usize)] = &[
    // other stories
    ("related", 30),
    ("read more", 30),
    ("read also", 30),
    ("also read", 30),
    ("read next", 30),
    ("read:", 30),
    ("also:", 30),
    ("more:", 30),
    ("more on ", 12),
    ("more from ", 12),
    ("more stories", 12),
    ("see also", 30),
    ("see more", 12),
    ("also see", 30),
    ("watch:", 30),
    ("watch more", 12),
    ("you may also", 12),
    ("you might also", 12),
    ("you may like", 12),
    ("recommended", 8),
    ("trending", 6),
    ("most read", 6),
    ("most popular", 6),
    ("popular", 3),
    ("latest", 3),
    ("don't miss", 20),
    ("don’t miss", 20),
    ("continue reading", 8),
    ("story continues", 8),
    ("article continues", 8),
    ("click here", 25),
    ("click to", 12),
    ("up next", 6),
    ("next up", 6),
    ("lesen sie auch", 30),
    ("mehr zum thema", 12),
    ("weiterlesen", 12),
    ("siehe auch", 20),
    ("lire aussi", 30),
    ("à lire aussi", 30),
    ("voir aussi", 20),
    ("lire la suite", 12),
    ("lea también", 30),
    ("lea tambien", 30),
    ("leer más", 12),
    ("le puede interesar", 20),
    ("leggi anche", 30),
    ("potrebbe interessarti", 20),
    ("leia também", 30),
    ("leia mais", 30),
    ("veja também", 30),
    ("lees ook", 30),
    ("читайте также", 30),
    ("читать далее", 12),
    ("смотрите также", 30),
    ("czytaj także", 30),
    ("czytaj też", 30),
    ("zobacz także", 30),
    ("läs också", 30),
    ("läs mer", 12),
    ("les også", 30),
    ("læs også", 30),
    ("ayrıca bakınız", 20),
    ("baca juga", 30),
    // pictures
    ("photo:", 30),
    ("photos:", 30),
    ("photo by", 20),
    ("photo credit", 20),
    ("photograph:", 30),
    ("picture:", 30),
    ("pictured:", 40),
    ("image:", 30),
    ("images:", 30),
    ("image credit", 30),
    ("image source", 30),
    ("credit:", 20),
    ("(image", 30),
    ("(photo", 30),
    ("(credit", 20),
    ("enlarge image", 6),
    ("click to enlarge", 8),
    ("file photo", 20),
    ("foto:", 30),
    ("fotos:", 30),
    ("bild:", 30),
    ("crédit photo", 20),
    ("crédito", 12),
    ("фото:", 30),
    ("getty images", 6),
    ("caption", 1),
    ("close", 1),
    ("gallery", 2),
    ("video", 1),
    ("play video", 3),
    ("this slideshow requires", 8),
    ("view gallery", 4),
    ("show caption", 4),
    ("hide caption", 4),
    // dates, authors, sources
    ("published", 14),
    ("first published", 16),
    ("posted", 14),
    ("updated", 16),
    ("last updated", 16),
    ("last modified", 12),
    ("veröffentlicht", 12),
    ("publié le", 14),
    ("mis à jour", 14),
    ("publicado", 14),
    ("atualizado", 14),
    ("pubblicato", 12),
    ("aggiornato", 12),
    ("опубликовано", 12),
    ("обновлено", 12),
    ("by:", 12),
    ("source:", 20),
    ("sources:", 20),
    ("quelle:", 12),
    ("fonte:", 12),
    ("fuente:", 12),
    ("источник:", 12),
    ("via:", 12),
    ("citation:", 60),
    ("tags:", 40),
    ("tag:", 20),
    ("filed under", 30),
    ("topics:", 30),
    ("categories:", 20),
    ("category:", 20),
    ("posted in", 20),
    ("schlagwörter", 20),
    ("метки:", 20),
    ("теги:", 20),
    ("view all posts", 12),
    ("about the author", 6),
    ("(reporting by", 60),
    ("reporting by", 60),
    ("additional reporting by", 60),
    ("editing by", 30),
    // asking
    ("follow us", 40),
    ("follow me", 25),
    ("follow him on", 25),
    ("follow her on", 25),
    ("like us on", 25),
    ("join us on", 25),
    ("find us on", 25),
    ("subscribe", 40),
    ("sign up", 40),
    ("get the latest", 40),
    ("get our", 30),
    ("get breaking news", 40),
    ("download our app", 30),
    ("download the app", 30),
    ("our newsletter", 25),
    ("like this story", 15),
    ("like this article", 15),
    ("share this", 12),
    ("share on", 8),
    ("share:", 12),
    ("share", 1),
    ("sharing is caring", 5),
    ("tweet", 2),
    ("print", 1),
    ("email", 1),
    ("comments", 4),
    ("post comment", 6),
    ("leave a comment", 8),
    ("leave a reply", 8),
    ("add comment", 6),
    ("write a comment", 8),
    ("have a tip", 40),
    ("got a tip", 40),
    ("want more", 30),
    ("thank you for reading", 20),
    ("thanks for reading", 20),
    ("abonnieren sie", 30),
    ("newsletter", 12),
    ("abonnez-vous", 30),
    ("suivez-nous", 30),
    ("suscríbete", 30),
    ("síguenos", 30),
    ("iscriviti", 30),
    ("seguici", 30),
    ("assine", 25),
    ("siga-nos", 25),
    ("подпишитесь", 30),
    ("подписывайтесь", 30),
    ("compartilhe", 12),
    ("condividi", 8),
    ("teilen", 3),
    // law and wants of the machine
    ("©", 60),
    ("(c)", 40),
    ("copyright", 60),
    ("all rights reserved", 40),
    ("alle rechte", 30),
    ("tous droits", 30),
    ("this material may not be", 60),
    ("advertisement", 6),
    ("advertising", 3),
    ("advert", 2),
    ("anzeige", 2),
    ("publicité", 3),
    ("publicidad", 3),
    ("publicidade", 3),
    ("реклама", 3),
    ("sponsored", 6),
    ("loading", 4),
    ("please enable javascript", 20),
    ("we use cookies", 80),
    ("this website uses cookies", 80),
    ("this site uses cookies", 80),
    ("home", 1),
    ("news", 1),
];

/// A short line that holds one of these is furniture.
const INSIDE: &[(&str, usize)] = &[
    ("contributed to this report", 30),
    ("contributed to this story", 30),
    ("contributed to this article", 30),
    ("image credit", 40),
    ("all rights reserved", 40),
    ("click here for more information", 40),
    ("on twitter @", 30),
    ("on twitter at", 30),
    ("follow us on", 40),
    ("subscribe to ", 30),
    ("sign up for ", 30),
    ("sign up to ", 30),
    ("our newsletter", 30),
    ("getty images)", 30),
    ("via getty images", 40),
    ("by clicking here", 15),
    ("requires javascript", 12),
];

/// Whether the words of a block, wherever it stands, are furniture.
pub(super) fn is_line(block: &Block) -> bool {
    let words = block.words();
    if words > 80 {
        return false;
    }
    let lower = block.text.to_lowercase();
    let lower = lower.trim_start_matches(['[', '*', '>', '»', '▶', '►', '•', '-', '–', '|', ' ']);
    let opens = |(opening, most): &(&str, usize)| {
        words <= *most
            && lower.strip_prefix(opening).is_some_and(|rest| {
                !opening.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric)
            })
    };
    // "Related parties met." is a sentence: bare words at the start of a long sentence are no label.
    let sentence = block.text.ends_with(['.', '!', '?', '”', '"']) && words > 8 && block.link_share() < 0.3;
    let label =
        |opening: &str| opening.ends_with(':') || opening.contains(' ') || opening.contains('(') || opening == "©";
    OPENINGS.iter().any(|o| opens(o) && (!sentence || label(o.0)))
        || INSIDE.iter().any(|(inside, most)| words <= *most && lower.contains(inside))
        || counter(lower)
        || credited(lower)
}

/// A caption closes with its credit: "(Photo by A. Diaz)", "(AP Photo/A. Diaz, File)", "(Image credit: A. Diaz)".
fn credited(line: &str) -> bool {
    const CREDITS: &[&str] =
        &["photo", "image", "images", "getty", "foto", "fotos", "fotografie", "фото", "credit", "bild"];
    let Some(inner) = line.trim_end_matches([' ', '.']).strip_suffix([')', ']']) else { return false };
    let Some(open) = inner.rfind(['(', '[']) else { return false };
    inner[open + 1..].len() < 120
        && inner[open + 1..].split(|c: char| !c.is_alphanumeric()).any(|w| CREDITS.contains(&w))
}

/// "Image 1 of 5", "3 / 12".
fn counter(line: &str) -> bool {
    let line = line.strip_prefix("image").or_else(|| line.strip_prefix("photo")).or_else(|| line.strip_prefix("slide"));
    let Some(line) = line else { return false };
    line.len() < 16
        && line.bytes().any(|b| b.is_ascii_digit())
        && line.split_whitespace().all(|w| w == "of" || w == "/" || w.bytes().all(|b| b.is_ascii_digit() || b == b'/'))
}

/// A paragraph that nobody would take for a label: long, or a sentence.
pub(super) fn is_prose(block: &Block) -> bool {
    let words = block.words();
    block.link_share() < 0.6
        && (words >= 20
            || (words >= 6 && block.text.ends_with(['.', '!', '?', '…', '”', '"', '。', ':', ')']))
            || wide(block))
}

/// Scripts without spaces.
fn wide(block: &Block) -> bool {
    block.text.chars().filter(|c| matches!(*c as u32, 0x0E00..=0x0E7F | 0x3040..=0x30FF | 0x3400..=0x9FFF)).count() > 25
}

/// Leaves out furniture: lines that say so themselves, lists of links with the line above them, labels before the first
/// prose and after the last, what is said twice.
pub(super) fn filter(blocks: Vec<Block>, title: Option<&str>) -> Vec<Block> {
    let mut keep: Vec<bool> = blocks.iter().map(|b| !is_line(b)).collect();
    links(&blocks, &mut keep);
    twice(&blocks, &mut keep);
    ends(&blocks, &mut keep, title);
    blocks.into_iter().zip(keep).filter_map(|(block, keep)| keep.then_some(block)).collect()
}

fn links(blocks: &[Block], keep: &mut [bool]) {
    let mut at = 0;
    while at < blocks.len() {
        let Kind::Listed(list) = blocks[at].kind else {
            let block = &blocks[at];
            let ends = block.text.ends_with(['.', '?', '!', '”', ',', ':', '…']) && block.kind == Kind::Paragraph;
            if block.link_share() > 0.85 && block.words() <= 30 && !(ends && block.words() > 5) {
                keep[at] = false;
            }
            at += 1;
            continue;
        };
        let end = at + blocks[at..].iter().take_while(|b| b.kind == Kind::Listed(list)).count();
        let (linked, all) = blocks[at..end].iter().fold((0, 0), |(l, a), b| (l + b.linked, a + b.text.len()));
        if linked as f64 > all as f64 * 0.7 {
            keep[at..end].fill(false);
            // "More stories" above the list.
            if at > 0
                && (blocks[at - 1].kind == Kind::Heading
                    || blocks[at - 1].words() <= 8
                    || blocks[at - 1].text.ends_with(':'))
            {
                keep[at - 1] &= is_prose(&blocks[at - 1]) && !blocks[at - 1].text.ends_with(':');
            }
        }
        at = end;
    }
}

/// Blocks of some length that stand there a second time.
fn twice(blocks: &[Block], keep: &mut [bool]) {
    let mut seen = std::collections::HashSet::new();
    for (block, keep) in blocks.iter().zip(keep) {
        if block.words() >= 5 && !seen.insert(block.text.as_str()) {
            *keep = false;
        }
    }
}

/// Labels before the first prose, and headings and labels after the last.
fn ends(blocks: &[Block], keep: &mut [bool], title: Option<&str>) {
    let bare =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let title = title.map(bare).filter(|t| !t.is_empty());
    let first = (0..blocks.len()).find(|i| keep[*i] && is_prose(&blocks[*i]) && blocks[*i].kind != Kind::Heading);
    let last = (0..blocks.len()).rev().find(|i| keep[*i] && is_prose(&blocks[*i]) && blocks[*i].kind != Kind::Heading);
    let (Some(first), Some(last)) = (first, last) else { return };
    // Much that is no prose before the first prose is no head but a text of short lines.
    if first <= 12 {
        for i in 0..first {
            let block = &blocks[i];
            keep[i] &= matches!(block.kind, Kind::Listed(_)) && block.link_share() < 0.5;
        }
    }
    for i in 0..blocks.len().min(first + 3) {
        if title.as_deref().is_some_and(|title| title == bare(&blocks[i].text)) {
            keep[i] = false;
        }
    }
    if blocks.len() - last <= 12 {
        for i in last + 1..blocks.len() {
            keep[i] &= matches!(blocks[i].kind, Kind::Listed(_)) && blocks[i].link_share() < 0.5;
        }
    }
}
