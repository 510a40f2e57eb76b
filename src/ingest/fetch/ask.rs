//! Asks servers, one after the other.

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{Response, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

use super::robots::{MOST_BYTES, Robots};
use super::{Answer, FetchError, Fetching, is_public};

/// Hops from address to address.
const MOST_HOPS: usize = 5;
/// What robots.txt may ask for between two questions.
const LONGEST_PAUSE: u64 = 30;
/// Robots.txt of so many hosts are remembered.
const MOST_HOSTS: usize = 10_000;

/// The web, as this program may see it.
pub(in crate::ingest) struct Web {
    how: Fetching,
    agent: Agent,
    refused: Refused,
    robots: HashMap<String, Result<Robots, String>>,
    asked: HashSet<String>,
    answers: usize,
}

/// The address that a name led to when it was refused last.
type Refused = Arc<Mutex<Option<String>>>;

/// Names become addresses, of which only public ones are left; the connection is made to these and no others, so that a
/// name which leads elsewhere when it is asked a second time gains nothing.
#[derive(Debug)]
struct PublicOnly {
    inner: DefaultResolver,
    allow_private: bool,
    refused: Refused,
}

impl Resolver for PublicOnly {
    fn resolve(&self, uri: &Uri, config: &Config, time: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, time)?;
        if self.allow_private {
            return Ok(found);
        }
        // A name that leads to a private address also is not trusted with its public ones.
        if let Some(private) = found.iter().find(|a| !is_public(a.ip())) {
            if let Ok(mut refused) = self.refused.lock() {
                *refused = Some(private.ip().to_string());
            }
            return Err(ureq::Error::HostNotFound);
        }
        Ok(found)
    }
}

impl Web {
    /// The web under these limits.
    pub fn new(how: Fetching) -> Web {
        let refused = Refused::default();
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would look names up itself, out of sight.
            .proxy(None)
            .timeout_global(Some(how.timeout))
            .max_response_header_size(64 << 10)
            .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION")))
            .accept(
                "text/html, application/xhtml+xml, application/xml, application/rss+xml, application/json, */*;q=0.5",
            )
            .accept_encoding("gzip")
            .build();
        let resolver = PublicOnly {
            inner: DefaultResolver::default(),
            allow_private: how.allow_private,
            refused: Arc::clone(&refused),
        };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Web { how, agent, refused, robots: HashMap::new(), asked: HashSet::new(), answers: 0 }
    }

    /// What stands at an address, at most `most` bytes of it.
    ///
    /// # Errors
    /// Why it cannot or may not be read.
    pub fn get(&mut self, url: &str, most: u64) -> Result<Answer, FetchError> {
        let url = address(url)?;
        if self.answers >= self.how.most {
            return Err(FetchError::Enough(self.how.most));
        }
        self.answers += 1;
        let (url, response) = self.follow(url, true)?;
        let status = response.status().as_u16();
        if status != 200 {
            return Err(FetchError::Status { url: url.into(), status });
        }
        let charset = response.body().charset().map(str::to_owned);
        let bytes = self.body(&url, response, most)?;
        Ok(Answer { url: url.into(), charset, bytes })
    }

    /// The first answer that is no redirect. Each hop is an address of its own: it must be one of the web, public, and
    /// allowed by its host.
    fn follow(&mut self, mut url: Url, ask_robots: bool) -> Result<(Url, Response<Body>), FetchError> {
        for _ in 0..=MOST_HOPS {
            if ask_robots {
                self.allowed(&url)?;
            }
            self.wait(&url);
            let response = self.agent.get(url.as_str()).call().map_err(|e| self.reason(&url, &e))?;
            let next = match response.status().as_u16() {
                301 | 302 | 303 | 307 | 308 => response.headers().get("location").and_then(|l| l.to_str().ok()),
                _ => None,
            };
            let Some(next) = next else { return Ok((url, response)) };
            let to = url.join(next).map_err(|e| FetchError::Address { url: next.to_owned(), reason: e.to_string() })?;
            let to = address(to.as_str())?;
            if url.scheme() == "https" && to.scheme() == "http" {
                return Err(FetchError::Downgrade(to.into()));
            }
            url = to;
        }
        Err(FetchError::Redirects(MOST_HOPS))
    }

    fn body(&self, url: &Url, response: Response<Body>, most: u64) -> Result<Vec<u8>, FetchError> {
        let mut bytes = Vec::new();
        let mut body = response.into_body().into_reader().take(most.saturating_add(1));
        body.read_to_end(&mut bytes).map_err(|e| self.reason(url, &ureq::Error::from(e)))?;
        if bytes.len() as u64 > most { Err(FetchError::TooLarge(most)) } else { Ok(bytes) }
    }

    /// Whether the host allows programs to read it.
    fn allowed(&mut self, url: &Url) -> Result<(), FetchError> {
        let origin = origin(url);
        if !self.robots.contains_key(&origin) {
            if self.robots.len() >= MOST_HOSTS {
                self.robots.clear();
            }
            let found = self.read_robots(url)?;
            self.robots.insert(origin.clone(), found);
        }
        let host = || url.host_str().unwrap_or_default().to_owned();
        let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        match self.robots.get(&origin) {
            Some(Ok(robots)) if !robots.allows(&path) => Err(FetchError::Robots { host: host(), url: url.to_string() }),
            Some(Err(reason)) => Err(FetchError::NoRobots { host: host(), reason: reason.clone() }),
            _ => Ok(()),
        }
    }

    /// The robots.txt of a host: none is an open door, one that cannot be had is a closed one (RFC 9309).
    fn read_robots(&mut self, url: &Url) -> Result<Result<Robots, String>, FetchError> {
        let Ok(robots) = url.join("/robots.txt") else { return Ok(Err("it has no address".to_owned())) };
        let (from, response) = match self.follow(robots, false) {
            Ok(found) => found,
            // What keeps us from the host keeps us from the page.
            Err(FetchError::Private { address, .. }) => {
                return Err(FetchError::Private { url: url.to_string(), address });
            }
            Err(FetchError::Unreachable { reason, .. }) => {
                return Err(FetchError::Unreachable { url: url.to_string(), reason });
            }
            Err(error) => return Ok(Err(error.to_string())),
        };
        let status = response.status().as_u16();
        Ok(match status {
            200..=299 => {
                let mut bytes = Vec::new();
                let read = response.into_body().into_reader().take(MOST_BYTES).read_to_end(&mut bytes);
                match read {
                    Ok(_) => Ok(Robots::read(&String::from_utf8_lossy(&plain(bytes)))),
                    Err(error) => Err(self.reason(&from, &ureq::Error::from(error)).to_string()),
                }
            }
            300..=499 => Ok(Robots::default()),
            _ => Err(format!("{from} answers {status}")),
        })
    }

    /// Waits before a host is asked again. There is no clock here, so that what the last answer took is not set off.
    fn wait(&mut self, url: &Url) {
        let origin = origin(url);
        let wish = self.robots.get(&origin).and_then(|r| r.as_ref().ok()).and_then(|r| r.delay).unwrap_or(0);
        let pause = self.how.pause.max(Duration::from_secs(wish.min(LONGEST_PAUSE)));
        if !self.asked.insert(origin) {
            std::thread::sleep(pause);
        }
    }

    fn reason(&self, url: &Url, error: &ureq::Error) -> FetchError {
        let refused = self.refused.lock().ok().and_then(|mut refused| refused.take());
        let url = url.to_string();
        match (refused, error) {
            (Some(address), _) => FetchError::Private { url, address },
            (None, ureq::Error::Timeout(_)) => FetchError::TimedOut { url, seconds: self.how.timeout.as_secs() },
            (None, ureq::Error::Io(error)) if error.kind() == std::io::ErrorKind::TimedOut => {
                FetchError::TimedOut { url, seconds: self.how.timeout.as_secs() }
            }
            (None, ureq::Error::HostNotFound) => {
                FetchError::Unreachable { url, reason: "no host of that name".to_owned() }
            }
            (None, ureq::Error::Io(error)) => FetchError::Unreachable { url, reason: error.to_string() },
            (None, error) => FetchError::Unreachable { url, reason: error.to_string() },
        }
    }
}

/// An address of the web without a password in it, and without the part that only browsers use.
fn address(text: &str) -> Result<Url, FetchError> {
    let bad = |reason: String| FetchError::Address { url: text.to_owned(), reason };
    let mut url = Url::parse(text.trim()).map_err(|e| bad(e.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad(format!("its scheme is {}", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FetchError::Credentials);
    }
    url.set_fragment(None);
    Ok(url)
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// Bytes, unpacked if they are gzip; never more than of robots.txt is read.
fn plain(bytes: Vec<u8>) -> Vec<u8> {
    if !bytes.starts_with(b"\x1f\x8b") {
        return bytes;
    }
    let mut unpacked = Vec::new();
    let read = flate2::read::MultiGzDecoder::new(bytes.as_slice()).take(MOST_BYTES).read_to_end(&mut unpacked);
    if read.is_ok() { unpacked } else { Vec::new() }
}
