use thiserror::Error;

/// Why an address gave nothing to read. Whoever prints it names the address that was asked for.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FetchError {
    /// It is no address, or not one of the web.
    #[error("{url} is no web address ({reason}); write http:// or https:// and a host")]
    Address {
        /// What stands in its place.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It holds a user name or a password, which would stand in the database.
    #[error("the address holds a user name or password; save the page in a browser and read the file")]
    Credentials,
    /// Its host stands in a private network, or the network asks that nobody come.
    #[error("{url} is at {address}, which is not a public address; if you trust it, allow it with --allow-private")]
    Private {
        /// The address that was asked, after redirects.
        url: String,
        /// Where its name leads.
        address: String,
    },
    /// The host asks programs to stay away.
    #[error("robots.txt of {host} asks programs not to read {url}; open it in a browser and save the page")]
    Robots {
        /// The host.
        host: String,
        /// The address.
        url: String,
    },
    /// The host's wishes cannot be known.
    #[error("robots.txt of {host} cannot be read ({reason}), so that nothing is fetched there; try again later")]
    NoRobots {
        /// The host.
        host: String,
        /// Why not.
        reason: String,
    },
    /// The server says no.
    #[error("{url} answers {status}; {}", advice(*.status))]
    Status {
        /// The address.
        url: String,
        /// The code of HTTP.
        status: u16,
    },
    /// It leads from one address to the next without end.
    #[error("it is redirected more than {0} times; open it in a browser and save the page")]
    Redirects(usize),
    /// A page that was asked for under TLS leads to one without.
    #[error(
        "it is redirected from https to {0}, where anybody on the way could change it; give that address if you trust it"
    )]
    Downgrade(String),
    /// The body is too large.
    #[error("it is larger than {0} bytes; save it and read the file, with a higher --max-bytes")]
    TooLarge(u64),
    /// The time is up.
    #[error("no whole answer from {url} within {seconds} seconds; try again later, or raise --timeout")]
    TimedOut {
        /// The address.
        url: String,
        /// The limit.
        seconds: u64,
    },
    /// Enough is enough.
    #[error("{0} addresses were fetched, which is the limit of one run; raise --max-pages")]
    Enough(usize),
    /// The host is not known, not there, or does not speak HTTP.
    #[error("{url} cannot be reached ({reason}); look at the address and at the network")]
    Unreachable {
        /// The address.
        url: String,
        /// What the network says.
        reason: String,
    },
    /// The program was built without it.
    #[error("this build of dateline fetches nothing; save the page and read the file, or build with --features fetch")]
    NotBuilt,
}

fn advice(status: u16) -> &'static str {
    match status {
        401 | 402 | 403 | 407 | 451 => "it is not open to programs: open it in a browser and save the page",
        404 | 410 => "there is no such page: look at the address, or for a copy in a web archive",
        429 | 503 => "it wants to be left alone for a while: try again later",
        _ => "try again later",
    }
}
