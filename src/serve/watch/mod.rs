//! What happens to the sources → what is shown. In: hints that something may have changed, from the system ([`events`]) or from
//! looking at the folders ([`poll`]). Out: another scene, and one word to every browser, for each burst of hints ([`burst`],
//! [`take`]). [`start`] is the entry.
//!
//! A hint names a path and says nothing sure of it: what changed is found by looking, with the code of a build.

mod burst;
mod events;
mod poll;
mod rehearse;
mod take;

use std::{
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use self::{events::Watcher, rehearse::Rehearsal, take::Taker};
use super::{Ask, Notice, Server, Told};
use crate::{
    disk, load,
    pipeline::live::{Change, Live},
};

/// How often folders are looked at where the system does not tell, and nobody said how often.
const EVERY: Duration = Duration::from_secs(1);

/// Something may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Hint {
    /// At a path below the root.
    At {
        path: String,
        /// Somebody is writing there, and the system will tell when it is done.
        is_open: bool,
        /// It is done.
        is_closed: bool,
        /// It may be a folder that has come.
        is_folder: bool,
    },
    /// Anywhere: what happened was missed.
    Anywhere,
    /// The system tells no more, for this reason.
    Blind(String),
}

/// Begins to take in changes.
pub(super) fn start(site: &disk::Site, live: Live, ask: &Ask, server: &Arc<Server>) {
    let scene = server.shown.now().0;
    // Sources are kept as they are now, so that a page has its last good form also if nobody has looked at it yet.
    thread::spawn(move || scene.keep_sources());
    let Some(notice) = ask.watch else {
        let server = Arc::clone(server);
        thread::spawn(move || Rehearsal::default().finish(&server));
        return;
    };
    let (site, server, follow) = (site.clone(), Arc::clone(server), ask.follow);
    thread::spawn(move || {
        let (sender, hints) = mpsc::channel();
        let watcher = match notice {
            Notice::Poll(every) => {
                poll::watch(&site, every, sender.clone());
                None
            }
            Notice::Events => match Watcher::new(&site, sender.clone()) {
                Ok(watcher) => Some(watcher),
                Err(why) => {
                    poll::watch(&site, EVERY, sender.clone());
                    server.desk.tell(Told::Polling { why, every: EVERY });
                    None
                }
            },
        };
        // What happened while this was set up went unnoticed.
        let _ = sender.send(Hint::Anywhere);
        let unseen = Change::Nothing;
        let rehearsal = Rehearsal::default();
        let taker = Taker { site, live, server, watcher, hints: sender, follow, unseen, rehearsal };
        take::run(taker, &hints);
    });
}

/// Whether a path below the root is one that the site reads.
fn is_source(path: &str) -> bool {
    let top = path.split('/').next().unwrap_or_default();
    let is_ours = path == disk::SETTINGS || load::FOLDERS.contains(&top);
    is_ours && !disk::Site::is_private(path)
}
