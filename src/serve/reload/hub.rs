//! What browsers are told. In: what changed, and what an editor should look at. Out: one event for each change, for everyone
//! who listens at that moment. [`Hub`] is the entry.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::broadcast;

use crate::{diag::Diagnostic, pipeline::live::Change};

/// Events that a slow browser may lag behind before it is told to begin anew.
const BACKLOG: usize = 16;
/// Faults that are shown at one time.
const MOST_FAULTS: usize = 30;

/// Tells browsers.
pub(in crate::serve) struct Hub {
    /// Tells this run of the program from others.
    run: String,
    sender: broadcast::Sender<Arc<str>>,
    faults: Mutex<Vec<Fault>>,
}

/// A fault as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Fault {
    code: String,
    file: String,
    line: u32,
    column: u32,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// The line of the file where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// What an event says.
#[derive(Serialize)]
struct Said<'a> {
    scene: String,
    faults: &'a [Fault],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    styles: &'a [(String, String)],
    /// Where to go.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
}

impl Hub {
    /// Nobody listens yet; `run` tells this run of the program from others.
    pub(in crate::serve) fn new(run: String) -> Self {
        Self { run, sender: broadcast::channel(BACKLOG).0, faults: Mutex::default() }
    }

    /// What a page bears to tell of which scene it is.
    pub(in crate::serve) fn token(&self, number: u64) -> String {
        format!("{}.{number}", self.run)
    }

    /// What there is to look at now, each with the line where it is; whether that is something else than before.
    pub(in crate::serve) fn set_findings(
        &self,
        findings: &[Diagnostic],
        line: impl Fn(&Diagnostic) -> Option<String>,
    ) -> bool {
        let errors = findings.iter().filter(|it| it.is_error()).take(MOST_FAULTS);
        let fault = |it: &Diagnostic| Fault {
            code: it.code.to_string(),
            file: it.file.clone(),
            line: it.place.line,
            column: it.place.column,
            message: it.message.clone(),
            hint: it.hint.clone(),
            text: line(it),
        };
        let new: Vec<Fault> = errors.map(fault).collect();
        let mut faults = self.faults();
        let is_new = *faults != new;
        *faults = new;
        is_new
    }

    /// Tells everyone, once.
    pub(in crate::serve) fn tell(&self, number: u64, change: &Change, page: Option<&str>) {
        let (name, styles) = match change {
            Change::Pages => ("reload", &[][..]),
            Change::Styles(styles) => ("styles", styles.as_slice()),
            Change::Nothing => ("faults", &[][..]),
        };
        let event = self.event(name, number, styles, page);
        // Nobody may be listening.
        let _ = self.sender.send(event);
    }

    /// The first word to a browser: what is shown now. A page of another scene is out of date.
    pub(super) fn hello(&self, number: u64) -> Arc<str> {
        self.event("hello", number, &[], None)
    }

    /// What is told from now on.
    pub(super) fn listen(&self) -> broadcast::Receiver<Arc<str>> {
        self.sender.subscribe()
    }

    fn event(
        &self,
        name: &str,
        number: u64,
        styles: &[(String, String)],
        page: Option<&str>,
    ) -> Arc<str> {
        let said = Said { scene: self.token(number), faults: &self.faults(), styles, page };
        // JSON on one line: no fault can hold a line end that would end the event.
        let data = serde_json::to_string(&said).unwrap_or_default();
        format!("event: {name}\ndata: {data}\n\n").into()
    }

    /// Replaced as a whole, so a panic elsewhere cannot have left half of it.
    fn faults(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
