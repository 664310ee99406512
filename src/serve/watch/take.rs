//! A burst → what is shown. In: hints. Out: another scene, one event for browsers, and a word for the terminal. [`run`] is the
//! entry; it is the only one that takes changes in.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    time::Duration,
};

use super::{EVERY, Hint, burst::Burst, events::Watcher, poll, rehearse::Rehearsal};
use crate::{
    disk::Site,
    load,
    pipeline::live::{Change, Live, News},
    progress::Silent,
    serve::{Server, Told},
};

/// What is due by itself is looked for this late at most, however the clock is set meanwhile.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// What takes changes in.
pub(super) struct Taker {
    pub(super) site: Site,
    pub(super) live: Live,
    pub(super) server: Arc<Server>,
    /// The system's word, as long as it tells.
    pub(super) watcher: Option<Watcher>,
    /// Where hints come from.
    pub(super) hints: Sender<Hint>,
    pub(super) follow: bool,
    /// What was taken in and not shown yet.
    pub(super) unseen: Change,
    pub(super) rehearsal: Rehearsal,
}

/// Takes changes in for as long as the program runs.
pub(super) fn run(mut taker: Taker, hints: &Receiver<Hint>) {
    let mut waiting: VecDeque<Hint> = VecDeque::new();
    loop {
        let first = match waiting.pop_front() {
            Some(hint) => Ok(hint),
            None => hints.recv_timeout(taker.until_due()),
        };
        let mut burst = Burst::new(taker.server.desk.elapsed());
        match first {
            Ok(hint) => {
                taker.gather(&mut burst, [hint].into_iter().chain(waiting.drain(..)), hints)
            }
            Err(RecvTimeoutError::Timeout) if taker.is_due() => {}
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return,
        }
        loop {
            let Some(news) = taker.take(&burst) else { break };
            waiting.extend(hints.try_iter());
            if !taker.is_stale(&burst, &waiting) {
                taker.show(news, &burst);
                taker.rehearsal.go_on(&taker.server, hints, &mut waiting);
                break;
            }
            // What was read may be half of what is there now: it is read again before anybody sees it.
            taker.gather(&mut burst, waiting.drain(..), hints);
        }
    }
}

impl Taker {
    /// Adds hints to a burst, and all that come until it is over.
    fn gather(
        &mut self,
        burst: &mut Burst,
        first: impl Iterator<Item = Hint>,
        hints: &Receiver<Hint>,
    ) {
        let desk = Arc::clone(&self.server.desk);
        let first: Vec<Hint> = first.collect();
        for hint in first {
            self.add(burst, hint, desk.elapsed());
        }
        loop {
            let is_doubtful = |path: &str| self.live.is_doubtful(path);
            let Some(wait) = burst.wait(desk.elapsed(), is_doubtful) else { return };
            if let Ok(hint) = hints.recv_timeout(wait) {
                self.add(burst, hint, desk.elapsed());
            }
        }
    }

    fn add(&mut self, burst: &mut Burst, hint: Hint, now: Duration) {
        if let Hint::Blind(why) = &hint {
            self.go_blind(why.clone());
        }
        burst.add(hint, now);
    }

    /// Whether something was written while it was read.
    fn is_stale(&self, burst: &Burst, later: &VecDeque<Hint>) -> bool {
        let is_touched = |hint: &Hint| matches!(hint, Hint::At { path, .. } if burst.names(path));
        !burst.is_old(self.server.desk.elapsed()) && later.iter().any(is_touched)
    }

    /// Takes in what a burst touched; nothing, if nothing could ever be shown.
    fn take(&mut self, burst: &Burst) -> Option<News> {
        let folders: Vec<String> = burst.folders().cloned().collect();
        for folder in folders {
            // The system may have missed what came with it.
            let added = self.watcher.as_mut().map_or(Ok(()), |watcher| watcher.add(&folder));
            if let Err(why) = added {
                self.go_blind(why);
            }
        }
        let paths = burst.paths(&load::FOLDERS);
        let now = self.server.desk.now();
        let news = self.live.take_in(Some(&paths), now, &Silent);
        let unseen = std::mem::replace(&mut self.unseen, Change::Nothing);
        self.unseen = unseen.and(news.change.clone());
        news.scene.is_some().then_some(news)
    }

    /// Shows what was taken in, and says so once.
    fn show(&mut self, news: News, burst: &Burst) {
        let News { scene: Some(scene), findings, doubt, .. } = news else { return };
        let change = std::mem::replace(&mut self.unseen, Change::Nothing);
        let paths = burst.named();
        let page = self.one_page(&paths).and_then(|path| scene.route_of(&path));
        let page = page.map(|route| scene.url(&route));
        self.server.findings.set_of_sources(findings);
        if change != Change::Nothing {
            self.server.findings.try_again(&scene);
        }
        if doubt.of_addresses && self.server.findings.has_clashes() {
            self.server.findings.set_clashes(scene.clashes());
        }
        self.rehearsal.add(doubt);
        let number = self.server.shown.show(scene, change != Change::Nothing);
        let (findings, is_new) = self.server.renew_findings();
        if change != Change::Nothing || is_new {
            let followed = page.as_deref().filter(|_| self.follow && change == Change::Pages);
            self.server.hub.tell(number, &change, followed);
        }
        let time = self.server.desk.elapsed().saturating_sub(burst.began());
        if change != Change::Nothing {
            self.server.desk.tell(Told::Taken { paths, time, change, page });
        }
        findings.into_iter().for_each(|it| self.server.desk.tell(Told::Findings(it)));
        if let Err(error) = self.live.settle() {
            self.server.desk.tell(Told::NotStored(error.to_string()));
        }
    }

    /// The one source of a page that was saved, if it was one.
    fn one_page(&self, paths: &[String]) -> Option<String> {
        let mut pages = paths.iter().filter(|path| path.starts_with("content/"));
        let first = pages.next()?;
        (pages.next().is_none() && self.site.look(first).is_ok()).then(|| first.clone())
    }

    /// How long to sleep until something comes or goes by itself.
    fn until_due(&self) -> Duration {
        let due = self.server.shown.now().0.next_due();
        let now = self.server.desk.now().as_second();
        let rest = due.and_then(|due| u64::try_from(due.saturating_sub(now)).ok());
        let rest = rest.map_or(LONGEST_SLEEP, |seconds| Duration::from_secs(seconds.max(1)));
        rest.min(LONGEST_SLEEP)
    }

    fn is_due(&self) -> bool {
        let due = self.server.shown.now().0.next_due();
        due.is_some_and(|due| due <= self.server.desk.now().as_second())
    }

    /// Goes on without the system's word.
    fn go_blind(&mut self, why: String) {
        if self.watcher.take().is_some() {
            poll::watch(&self.site, EVERY, self.hints.clone());
            self.server.desk.tell(Told::Polling { why, every: EVERY });
        }
    }
}
