//! What is published now. In: an article's summary and "now". Out: why it is withheld, if it is, and when that changes.
//! [`reason`] is the entry for what is public, [`withheld`] for what is shown to who prepares it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::article::Summary;

/// Content that is not published now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Its file.
    pub source: String,
    /// Why.
    pub reason: Reason,
}

/// Why content is not published now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// `draft: true`
    Draft,
    /// Not before this instant: its `publish_at`, or a `date` that has not come yet.
    Scheduled(Timestamp),
    /// Not after this instant.
    Expired(Timestamp),
}

/// What is shown before it is public, to who prepares it; nothing where a site is published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shows {
    /// Drafts.
    pub drafts: bool,
    /// What is due later.
    pub future: bool,
}

/// When a site is looked at, and what it shows then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight {
    /// "Now".
    pub now: Timestamp,
    /// What it shows besides what is public.
    pub shows: Shows,
}

/// Why an article is not public at `now`; `None` if it is.
#[must_use]
pub fn reason(article: &Summary, now: Timestamp) -> Option<Reason> {
    withheld(article, Sight { now, shows: Shows::default() })
}

/// Why an article is not shown; `None` if it is.
#[must_use]
pub fn withheld(article: &Summary, Sight { now, shows }: Sight) -> Option<Reason> {
    let from = article.publish_at.unwrap_or(article.date.instant);
    if article.draft && !shows.drafts {
        Some(Reason::Draft)
    } else if now < from && !shows.future {
        Some(Reason::Scheduled(from))
    } else {
        article.expires.filter(|&expires| expires <= now).map(Reason::Expired)
    }
}

/// The second, since 1970, at or after which it has to be asked again; `None` if that never happens by itself.
#[must_use]
pub(super) fn due(article: &Summary, sight: Sight) -> Option<i64> {
    let next = match withheld(article, sight) {
        Some(Reason::Scheduled(from)) => Some(from),
        None => article.expires,
        Some(_) => None,
    };
    next.map(|it| it.as_second() + i64::from(it.subsec_nanosecond() > 0))
}

/// A reason as the archive keeps it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct KeptReason {
    kind: u8,
    seconds: i64,
    nanoseconds: i32,
}

impl From<Reason> for KeptReason {
    fn from(reason: Reason) -> Self {
        let (kind, instant) = match reason {
            Reason::Draft => (0, Timestamp::UNIX_EPOCH),
            Reason::Scheduled(from) => (1, from),
            Reason::Expired(until) => (2, until),
        };
        Self { kind, seconds: instant.as_second(), nanoseconds: instant.subsec_nanosecond() }
    }
}

impl From<KeptReason> for Reason {
    fn from(kept: KeptReason) -> Self {
        let instant = Timestamp::new(kept.seconds, kept.nanoseconds).unwrap_or_default();
        match kept.kind {
            1 => Self::Scheduled(instant),
            2 => Self::Expired(instant),
            _ => Self::Draft,
        }
    }
}
