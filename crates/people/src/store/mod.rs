//! Accounts, sessions, roles and invitations in the database.

mod accounts;
mod grants;
mod identities;
mod invitations;
mod passkeys;
mod sessions;

pub use accounts::{
    account_by_email, account_by_id, account_count, account_insert, account_list, account_lock,
    account_password, account_recovery, account_suspend, account_totp, recovery_left, recovery_use,
    totp_used,
};
pub use grants::{grant_add, grant_by_id, grant_end, grants_in, grants_of};
pub use identities::{identity_add, identity_drop, identity_find, identity_list, identity_used};
pub use invitations::{invitation_add, invitation_find, invitation_list, invitation_use};
pub use passkeys::{
    challenge_add, challenge_take, passkey_add, passkey_drop, passkey_find, passkey_list, passkey_used,
};
pub use sessions::{
    Live, session_add, session_end, session_find, session_list, session_proved, session_seen, sessions_end,
};

use db::{Result, Tx, sql};

/// The next free number of a table.
async fn next_id(tx: &mut Tx, table: &'static str) -> Result<i64> {
    let last = sql("SELECT coalesce(max(id), 0) AS id FROM ").push(table);
    Ok(last.one(tx).await?.get::<i64>("id")? + 1)
}
