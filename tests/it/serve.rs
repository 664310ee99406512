//! A site on screen while it is written: the program itself, real files, a real connection. In: what editors, tools and browsers
//! do. Out: what is served, what browsers are told, what stands on the terminal.

mod agreement;
mod client;
mod faults;
mod limits;
mod preview;
mod requests;
mod safety;
mod saves;
mod sources;
mod steady;
