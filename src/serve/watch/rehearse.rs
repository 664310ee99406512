//! What a build would stop at → what there is to look at, after a change was shown. In: what is doubtful. Out: findings.
//! [`Rehearsal::go_on`] is the entry; it gives way to the next change, and goes on after it.

use std::{
    collections::VecDeque,
    sync::{Arc, mpsc::Receiver},
    time::Duration,
};

use super::Hint;
use crate::{pipeline::live::Doubt, serve::Server};

/// So long nothing must have changed before pages are made that nobody asked for.
const REST: Duration = Duration::from_millis(100);

/// What has to be gone over.
pub(super) struct Rehearsal {
    doubt: Doubt,
}

impl Default for Rehearsal {
    /// At the beginning, everything.
    fn default() -> Self {
        Self { doubt: Doubt::of_everything() }
    }
}

impl Rehearsal {
    /// Adds what is doubtful after a change.
    pub(super) fn add(&mut self, doubt: Doubt) {
        self.doubt = std::mem::take(&mut self.doubt).and(doubt);
    }

    /// Goes over what is doubtful until there is a hint, which is left `waiting`.
    pub(super) fn go_on(
        &mut self,
        server: &Arc<Server>,
        hints: &Receiver<Hint>,
        waiting: &mut VecDeque<Hint>,
    ) {
        self.addresses(server);
        if self.doubt.is_none() {
            return;
        }
        waiting.extend(hints.recv_timeout(REST));
        self.pages(server, || {
            waiting.extend(hints.try_iter());
            waiting.is_empty()
        });
    }

    /// Goes over everything.
    pub(super) fn finish(mut self, server: &Arc<Server>) {
        self.addresses(server);
        self.pages(server, || true);
    }

    fn addresses(&mut self, server: &Arc<Server>) {
        if std::mem::take(&mut self.doubt.of_addresses) {
            server.findings.set_clashes(server.shown.now().0.clashes());
            server.tell_findings();
        }
    }

    fn pages(&mut self, server: &Arc<Server>, mut may_go_on: impl FnMut() -> bool) {
        if !may_go_on() {
            return;
        }
        let (scene, _) = server.shown.now();
        for file in scene.doubtful(&self.doubt) {
            if !may_go_on() {
                return;
            }
            let fault = scene.fault_at(&file);
            if fault.is_some_and(|fault| !server.findings.note_unmade(&file, fault)) {
                break;
            }
        }
        self.doubt = Doubt::default();
        server.tell_findings();
    }
}
