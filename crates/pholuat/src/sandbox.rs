//! Reading files that strangers made: in child processes without network, files or
//! other programs, with little memory and little time. A crash costs only the file.

pub mod confine;
mod frame;
mod lockdown;
mod pool;
pub mod worker;

pub use pool::{Limits, ReaderPool};
