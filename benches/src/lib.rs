//! What brief is measured with: newsrooms of any size, and the least that any program must do to publish one.
//!
//! In: a number of articles and a seed, or a newsroom and what brief made of it. Out: a newsroom, or the time that
//! reading and writing take. The programs are `generate` ([`corpus::generate`], [`corpus::add`]) and `floor`
//! ([`floor::measure`]).

pub mod article;
pub mod cast;
pub mod corpus;
pub mod floor;
pub mod phrases;
pub mod random;
pub mod registry;
pub mod threads;
