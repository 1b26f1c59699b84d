//! People who work here: accounts, how they sign in, the roles they hold in units, and the desk on
//! which all officers begin. Walls and reach are decided by [`policy`]; every change is a line of
//! the [`audit`] log in the same transaction.

use std::sync::Arc;

mod account;
pub mod code;
mod device;
mod letter;
pub mod model;
pub mod oidc;
mod passkey;
pub mod password;
mod session;
pub mod site;
pub mod store;
mod token;
mod tree;

pub use account::{AccountError, Invited, Inviter, accept, invite, suspend_by_operator};
pub use session::recognise;
pub use token::hash as session_hash;
pub use tree::{first_unit, unit_for_operator};

/// Every route of this room; on the desk stand the doors of other rooms besides. `house` is another
/// house at which people may sign in.
#[must_use]
pub fn routes(doors: &'static [site::Door], house: Option<Arc<oidc::Provider>>) -> web::Routes {
    site::routes(doors, house).recognise(recognise)
}
