//! What is seen of a change. In: the scene before and the scene after it, and what was read. Out: [`Change`]. [`compare`] is
//! the entry.

use std::sync::Arc;

use super::{Doubt, Scene, theme::is_same};
use crate::{
    archive::{Delta, encode},
    diag::Diagnostic,
    pipeline::Scope,
};

/// What a look at the sources brought.
pub struct News {
    /// What is shown from now on; `None` only if nothing ever could be.
    pub scene: Option<Arc<Scene>>,
    /// What is seen of it.
    pub change: Change,
    /// Everything that an editor should look at, by file and place.
    pub findings: Vec<Diagnostic>,
    /// What may be at fault beside them.
    pub doubt: Doubt,
}

/// What is seen of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Nothing: every page is what it was.
    Nothing,
    /// Style sheets alone: the address of each before, and now.
    Styles(Vec<(String, String)>),
    /// Some pages, or which there are.
    Pages,
}

impl Change {
    /// What is seen of two changes, one after the other.
    #[must_use]
    pub fn and(self, later: Self) -> Self {
        match (self, later) {
            (Self::Nothing, change) | (change, Self::Nothing) => change,
            (Self::Styles(first), Self::Styles(later)) => {
                let last = |to: String| {
                    later.iter().find(|(from, _)| *from == to).map_or(to.clone(), |it| it.1.clone())
                };
                let mut styles: Vec<_> =
                    first.into_iter().map(|(from, to)| (from, last(to))).collect();
                let is_new =
                    |(_, to): &&(String, String)| !styles.iter().any(|(_, known)| known == to);
                let new: Vec<_> = later.iter().filter(is_new).cloned().collect();
                styles.extend(new);
                Self::Styles(styles)
            }
            _ => Self::Pages,
        }
    }
}

/// What is seen of a change, in time that grows with the change.
pub(super) fn compare(old: &Scene, new: &Scene, delta: &Delta, scope: Scope) -> Change {
    if scope == Scope::Anew || differs(old, new, delta, scope) {
        return Change::Pages;
    }
    let mut styles = Vec::new();
    for path in &delta.statics {
        let [before, after] = [old, new].map(|scene| scene.newsroom.statics.get(path));
        match (before, after) {
            (before, after) if before == after => {}
            (Some(before), Some(after)) if path.ends_with(".css") => {
                styles.push((old.url(&before.route), new.url(&after.route)));
            }
            _ => return Change::Pages,
        }
    }
    if styles.is_empty() { Change::Nothing } else { Change::Styles(styles) }
}

/// Whether anything but static files is another.
fn differs(old: &Scene, new: &Scene, delta: &Delta, scope: Scope) -> bool {
    let (before, after) = (&old.newsroom, &new.newsroom);
    let registry = |scene: &Scene| encode(&*scene.newsroom.registry).ok();
    let editions = |scene: &Scene| {
        let edition = |&(tongue, date)| scene.newsroom.in_tongue(tongue).edition(date);
        let editions = delta.editions.iter().map(edition);
        encode(&editions.collect::<Vec<_>>()).ok()
    };
    delta.changes.iter().any(|change| change.old != change.new)
        || !delta.left.is_empty()
        || before.today != after.today
        || delta.media.iter().any(|path| before.media(path) != after.media(path))
        || editions(old) != editions(new)
        || !is_same(&old.theme, &new.theme)
        || (scope == Scope::Whole && registry(old) != registry(new))
}
