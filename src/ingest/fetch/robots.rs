//! What robots.txt allows: RFC 9309. The group of this program counts, else that of all (`*`); of the rules that fit a
//! path the longest one decides, `Allow` before `Disallow`; `*` stands for anything, `$` for the end.

/// The rules of one host for this program.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Robots {
    /// (allowed, pattern)
    rules: Vec<(bool, String)>,
    /// Seconds to wait between two questions, if it names a number.
    pub delay: Option<u64>,
}

/// The name under which robots.txt knows this program.
pub(super) const AGENT: &str = "dateline";
/// More of a file than RFC 9309 asks to read is not read.
pub(super) const MOST_BYTES: u64 = 512 << 10;
/// Longer patterns, and more of them, than sites write.
const MOST_RULES: usize = 5_000;
const MOST_STARS: usize = 32;

impl Robots {
    /// Reads robots.txt. Lines that mean nothing are passed over.
    pub fn read(text: &str) -> Robots {
        let (mut own, mut all) = (None, Robots::default());
        // Whether the group names this program, all programs; whether its head goes on.
        let (mut ours, mut everyone, mut in_head) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !in_head {
                    (ours, everyone) = (false, false);
                }
                in_head = true;
                ours |= value.eq_ignore_ascii_case(AGENT);
                everyone |= value == "*";
                if ours {
                    own.get_or_insert_with(Robots::default);
                }
                continue;
            }
            if key == "sitemap" {
                continue;
            }
            in_head = false;
            if let Some(group) = own.as_mut().filter(|_| ours) {
                group.add(&key, value);
            }
            if everyone {
                all.add(&key, value);
            }
        }
        own.unwrap_or(all)
    }

    fn add(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" if !value.is_empty() && self.rules.len() < MOST_RULES => {
                // A pattern that is cut forbids more than the whole one, never less; it allows nothing.
                match value.match_indices('*').nth(MOST_STARS) {
                    None => self.rules.push((key == "allow", value.to_owned())),
                    Some((cut, _)) if key == "disallow" => self.rules.push((false, value[..cut].to_owned())),
                    Some(_) => {}
                }
            }
            "crawl-delay" => self.delay = value.parse::<f64>().ok().filter(|d| *d >= 0.0).map(|d| d.ceil() as u64),
            _ => {}
        }
    }

    /// Whether a path, with its query, may be read.
    pub fn allows(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, path));
        fitting.max_by_key(|(allow, pattern)| (pattern.len(), *allow)).is_none_or(|(allow, _)| *allow)
    }
}

/// Whether a pattern fits the beginning of a path. Each part between stars is taken where it comes first, which finds a
/// fit if there is one: time grows with the path times the stars, not beyond.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern.strip_suffix('$').map_or((pattern, false), |p| (p, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    for (i, part) in parts.iter().enumerate() {
        if to_end && i + 1 == parts.len() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    !to_end || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_as_the_standard_says() {
        for (pattern, path, expected) in [
            ("/", "/a", true),
            ("/fish", "/fish.html", true),
            ("/fish", "/Fish", false),
            ("/fish/", "/fish", false),
            ("/*.php", "/folder/any.php?x", true),
            ("/*.php$", "/folder/any.php?x", false),
            ("/*.php$", "/a.php/b.php", true),
            ("/a$", "/a", true),
            ("/a$", "/ab", false),
            ("/a*b*c", "/a-b-b-c-d", true),
            ("*", "/a", true),
        ] {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn the_own_group_counts_before_that_of_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-Agent: Dateline\nUser-agent: other\nDisallow: /private # not here\nAllow: /private/open\n\
                    Crawl-delay: 2.5\nnonsense\n";
        let robots = Robots::read(text);
        assert!(robots.allows("/a") && robots.allows("/private/open/x") && !robots.allows("/private/x"));
        assert_eq!(robots.delay, Some(3));
        let others = Robots::read("User-agent: *\nDisallow: /a\nAllow: /a\nDisallow:\nUser-agent: x\nDisallow: /\n");
        assert!(others.allows("/a") && others.allows("/b"));
        assert!(!Robots::read("User-agent: a\nUser-agent: *\nDisallow: /x").allows("/x/y"));
        assert!(Robots::read("").allows("/"));
    }
}
