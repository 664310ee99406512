//! What belongs together. In: parsed sources, the archive as it was. Out: changes to the archive ([`Changes`]), and what an
//! editor should look at.
//!
//! 1. [`registry()`]: topics, entities, stories and pages → what articles can belong to, by name.
//! 2. [`Filer::file`]: an article with its body at hand → all that is kept of it. What its front matter names without a
//!    file gets an entry by [`unfiled::define`].
//! 3. [`references::follow`]: an article → what its links lead to, and its row.
//! 4. [`shelves::shelve`]: old and new rows → the lists on which articles stand.
//!
//! [`Renamed`] finds the articles that a change of names may reach.

mod changes;
mod filing;
pub mod matcher;
pub mod mentions;
pub mod publish;
pub mod references;
mod registry;
mod renamed;
pub mod review;
pub mod shelves;
pub mod unfiled;

pub use changes::{Changes, article_keys, edition_keys, edition_refers_to, kept, kindred};
pub use filing::{Filer, Filing, words};
pub use publish::{KeptReason, Reason, Shows, Sight, Withheld};
pub use registry::{Entry, Texts, check_parents, close, duplicate_ids, registry};
pub use renamed::{Renamed, Retold, keys_of_unfiled, retold};
