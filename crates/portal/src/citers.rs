//! The rooms whose content cites the law: a new one is one line here, and its items go to the queue of
//! their unit, to the letter of the morning, and carry their notice.

use acts::touch::Citer;

/// Every room.
pub const CITERS: [Citer; 1] = [posts::touch::CITER];
