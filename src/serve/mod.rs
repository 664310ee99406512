//! A site on screen while it is written. In: a site, where to listen, and who is told ([`Desk`]). Out: a server that shows the
//! site from memory until the program ends. [`run`] is the entry.
//!
//! 1. [`http`]: a request → the output at its address, as a static host would serve it.
//! 2. [`watch`]: what editors and tools do to the sources → bursts of paths that may have changed.
//! 3. [`reload`]: what changed → every browser that looks on.
//!
//! A request takes the scene that is shown at that moment ([`shown`]) and nothing else, so it sees one state of the site
//! whatever is taken in meanwhile.

mod findings;
mod http;
mod reload;
mod shown;
mod watch;

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;

use self::{
    findings::Findings,
    http::{headers::Known, listen::Names},
    reload::hub::Hub,
    shown::Shown,
};
use crate::{
    diag::Diagnostic,
    disk::{DiskError, Site},
    link::Shows,
    pipeline::{
        Options,
        live::{Change, Live, Unfit},
    },
    progress::Watch,
};

/// How a site is served.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The address or name to listen at.
    pub bind: String,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Whether another port will not do.
    pub strict_port: bool,
    /// How changes are noticed; `None` for not at all.
    pub watch: Option<Notice>,
    /// Whether browsers go to the page of the file that was saved last.
    pub follow: bool,
}

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The system tells.
    Events,
    /// By looking at every folder, this often.
    Poll(Duration),
}

/// Who stands between the server and the world: reads the clock, and is told what happens.
pub trait Desk: Send + Sync {
    /// "Now".
    fn now(&self) -> Timestamp;
    /// Time since some moment, which never goes back.
    fn elapsed(&self) -> Duration;
    /// Something happened.
    fn tell(&self, told: Told);
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Another port was taken, because somebody listens at the one that was asked for.
    PortBusy {
        /// Asked for.
        asked: u16,
        /// Taken.
        taken: u16,
    },
    /// The site can be looked at.
    Ready {
        /// Where.
        url: String,
        /// Articles that it shows.
        n_articles: usize,
    },
    /// The system does not tell of changes, so that folders are looked at instead.
    Polling {
        /// Why.
        why: String,
        /// How often.
        every: Duration,
    },
    /// Changes were taken in.
    Taken {
        /// Of these files.
        paths: Vec<String>,
        /// In what time, from the first word of them.
        time: Duration,
        /// What is seen of it.
        change: Change,
        /// The page of the one file, if it was one.
        page: Option<String>,
    },
    /// Everything that an editor should look at now; the last such list does not hold any more.
    Findings(Vec<Diagnostic>),
    /// What was taken in could not be stored for the next start.
    NotStored(String),
}

/// Why a site is not served.
#[derive(Debug)]
pub enum Refused {
    /// Nobody can listen there.
    Listen(String),
    /// The disk refuses.
    Disk(DiskError),
    /// There is nothing to show.
    Faults(Vec<Diagnostic>),
}

impl From<Unfit> for Refused {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::Disk(error) => Self::Disk(error),
            Unfit::Faults(faults) => Self::Faults(faults),
        }
    }
}

/// What all parts of a server share.
struct Server {
    site: Site,
    shown: Shown,
    /// Whether it shows more than what is public.
    shows_more: bool,
    hub: Hub,
    names: Names,
    /// The rules of the site's `_headers`.
    rules: Known,
    desk: Arc<dyn Desk>,
    findings: Findings,
}

/// Serves a site. Returns only when it cannot.
///
/// # Errors
/// When nobody can listen there, or there is nothing to show.
pub fn run(
    site: &Site,
    options: Options,
    ask: &Ask,
    desk: Arc<dyn Desk>,
    progress: &dyn Watch,
) -> Result<(), Refused> {
    let (listener, names) = http::listen::listen(ask).map_err(Refused::Listen)?;
    let taken = names.port;
    if ask.port != 0 && taken != ask.port {
        desk.tell(Told::PortBusy { asked: ask.port, taken });
    }
    let shows_more = options.shows != Shows::default();
    let (live, news) = Live::open(site, options, progress)?;
    let Some(scene) = news.scene else { return Err(Refused::Faults(news.findings)) };
    let base = scene.base_path().to_owned();
    let n_articles = scene.n_articles();
    let start = desk.now().as_nanosecond();
    let server = Arc::new(Server {
        site: site.clone(),
        shown: Shown::new(scene, ask.watch.is_some()),
        shows_more,
        hub: Hub::new(format!("{start:x}")),
        names,
        rules: Known::default(),
        desk,
        findings: Findings::default(),
    });
    server.findings.set_of_sources(news.findings);
    server.tell_findings();
    // Requests are answered on this thread; pages are made on others.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .max_blocking_threads(MOST_AT_ONCE)
        .build();
    let refused = |error: std::io::Error| Refused::Listen(error.to_string());
    let runtime = runtime.map_err(refused)?;
    // Last, so that where files are few it is the system's word that is gone without.
    watch::start(site, live, ask, &server);
    server.desk.tell(Told::Ready { url: format!("{}{base}", server.names.origin()), n_articles });
    runtime.block_on(http::accept(listener, server)).map_err(refused)
}

/// Pages that are made at one time; more requests wait.
const MOST_AT_ONCE: usize = 32;
