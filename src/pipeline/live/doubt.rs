//! What a build would stop at and nobody has asked for yet. In: a scene, and what changed since it was last gone over
//! ([`Doubt`]). Out: outputs that share an address ([`Scene::clashes`]), and those that cannot be made
//! ([`Scene::doubtful`], [`Scene::fault_at`]).
//!
//! A build plans and makes everything before it publishes anything; who looks on gets the new page first, and this after it.

use super::{Change, Scene};
use crate::{
    archive::Delta,
    diag::{self, Diagnostic},
    model::newsroom::Row,
    pipeline::Scope,
    plan::Proof,
    write,
};

/// Pages of each template that are made where any page may be at fault.
const OF_EACH_TEMPLATE: usize = 200;

/// Changes that are remembered each by itself while nobody has the time to go over them.
const MOST_CHANGES: usize = 20;

/// What may be at fault since something changed.
#[derive(Debug, Default)]
pub struct Doubt {
    /// Addresses: outputs may have come, gone or moved.
    pub of_addresses: bool,
    /// Any page may be one that cannot be made.
    of_all_pages: bool,
    /// Pages near these changes may be.
    near: Vec<Delta>,
}

impl Doubt {
    /// Everything, where nothing was gone over yet.
    #[must_use]
    pub fn of_everything() -> Self {
        Self { of_addresses: true, of_all_pages: true, near: Vec::new() }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        !self.of_addresses && !self.of_all_pages && self.near.is_empty()
    }

    /// What is doubtful after a change.
    pub(super) fn of(
        last: Option<&Scene>,
        new: &Scene,
        (delta, scope, change): (Delta, Scope, &Change),
    ) -> Self {
        match (last, change) {
            (Some(_), Change::Nothing) => Self::default(),
            (Some(last), _) if scope == Scope::Near => Self {
                of_addresses: may_move(last, new, &delta),
                of_all_pages: false,
                near: vec![delta],
            },
            _ => Self::of_everything(),
        }
    }

    /// What is doubtful after two changes.
    #[must_use]
    pub fn and(mut self, later: Self) -> Self {
        self.of_addresses |= later.of_addresses;
        self.of_all_pages |= later.of_all_pages;
        self.near.extend(later.near);
        if self.near.len() > MOST_CHANGES {
            self.of_all_pages = true;
            self.near.clear();
        }
        self
    }
}

/// Whether a change may bring outputs, take some away, or move one.
fn may_move(last: &Scene, new: &Scene, delta: &Delta) -> bool {
    let stand = |row: &Row| {
        let lists: Vec<_> = row.lists().collect();
        row.published.then_some((row.day, row.tongue, lists))
    };
    let both = [last, new].map(|scene| &scene.newsroom);
    let is_other_file = |path: &String| {
        let [before, after] = both.map(|it| it.statics.get(path).map(|file| &file.route));
        before != after
    };
    let is_other_medium = |path: &String| {
        let [before, after] = both.map(|it| it.media(path).is_some());
        before != after
    };
    !delta.left.is_empty()
        || !delta.redirects.is_empty()
        || delta
            .changes
            .iter()
            .any(|it| it.old.as_deref().and_then(stand) != it.new.as_deref().and_then(stand))
        || delta.statics.iter().any(is_other_file)
        || delta.media.iter().any(is_other_medium)
}

impl Scene {
    /// Outputs that cannot be published beside each other.
    #[must_use]
    pub fn clashes(&self) -> Vec<Diagnostic> {
        let planner = self.planner();
        match planner.prove(&planner.all()) {
            Proof::Fails(faults) => diag::sorted(faults),
            Proof::Holds | Proof::Open => Vec::new(),
        }
    }

    /// The files of the pages that may be at fault.
    #[must_use]
    pub fn doubtful(&self, doubt: &Doubt) -> Vec<String> {
        let planner = self.planner();
        let mut ids = match doubt.of_all_pages {
            true => write::samples(&planner.all(), OF_EACH_TEMPLATE),
            false => doubt.near.iter().flat_map(|delta| planner.near(delta)).collect(),
        };
        ids.retain(|id| id.template().is_some());
        ids.iter().filter_map(|id| Some(planner.route(id)?.file())).collect()
    }

    /// Why the output in a file cannot be made, if it is so.
    #[must_use]
    pub fn fault_at(&self, file: &str) -> Option<Diagnostic> {
        self.render(&self.find(file, None)?).err()
    }
}
