//! Programs that are not ours (the recogniser of letters, the drawer of pages) at work on
//! strangers' files: this program gives up what they do not need, then becomes them. They get
//! their input and give their answer through pipes.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};

use nix::libc;
use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::signal::Signal;
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

use super::lockdown;

/// Calls that such a program needs beyond those of a worker: to be started, and to find and read
/// its libraries and models. No sockets, no processes, no threads, no writing.
const ALSO: &[libc::c_long] = &[
    libc::SYS_execve,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_statfs,
    libc::SYS_fstatfs,
    libc::SYS_faccessat,
    libc::SYS_faccessat2,
    libc::SYS_readlinkat,
    libc::SYS_getdents64,
    libc::SYS_getcwd,
    libc::SYS_pread64,
    libc::SYS_fadvise64,
    libc::SYS_fcntl,
    libc::SYS_ioctl,
    libc::SYS_dup,
    libc::SYS_ppoll,
    libc::SYS_sysinfo,
    libc::SYS_uname,
    libc::SYS_getuid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getegid,
    libc::SYS_prlimit64,
    libc::SYS_set_tid_address,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_clock_getres,
];
#[cfg(target_arch = "x86_64")]
const OLD: &[libc::c_long] = &[
    libc::SYS_arch_prctl,
    libc::SYS_stat,
    libc::SYS_lstat,
    libc::SYS_access,
    libc::SYS_readlink,
    libc::SYS_poll,
];
#[cfg(not(target_arch = "x86_64"))]
const OLD: &[libc::c_long] = &[];

/// Becomes `program`; returns only where that fails.
pub fn run(memory_mb: u32, cpu_seconds: u32, program: &OsString, arguments: &[OsString]) -> ExitCode {
    let entered = enter(u64::from(memory_mb) << 20, cpu_seconds.into());
    let error = match entered {
        Ok(()) => Command::new(program).args(arguments).exec(),
        Err(error) => error,
    };
    eprintln!("confine: {error}");
    ExitCode::from(70)
}

fn enter(memory_bytes: u64, cpu_seconds: u64) -> io::Result<()> {
    prctl::set_pdeathsig(Signal::SIGKILL)?;
    let limit = |resource, value| setrlimit(resource, value, value);
    limit(Resource::RLIMIT_CORE, 0)?;
    limit(Resource::RLIMIT_FSIZE, 0)?;
    limit(Resource::RLIMIT_NOFILE, 64)?;
    limit(Resource::RLIMIT_CPU, cpu_seconds)?;
    limit(Resource::RLIMIT_AS, memory_bytes)?;
    seccompiler::apply_filter(&filter().map_err(io::Error::other)?).map_err(io::Error::other)
}

fn filter() -> Result<BpfProgram, seccompiler::BackendError> {
    let free = lockdown::ALLOWED.iter().chain(ALSO).chain(OLD);
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = free.map(|call| (*call, Vec::new())).collect();
    // Files are opened for reading only.
    let mode = u64::from((libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC).unsigned_abs());
    let mut reading = |call, argument| -> Result<(), seccompiler::BackendError> {
        let only = SeccompCondition::new(
            argument,
            SeccompCmpArgLen::Dword,
            SeccompCmpOp::MaskedEq(mode),
            libc::O_RDONLY.unsigned_abs().into(),
        )?;
        rules.insert(call, vec![SeccompRule::new(vec![only])?]);
        Ok(())
    };
    reading(libc::SYS_openat, 2)?;
    #[cfg(target_arch = "x86_64")]
    reading(libc::SYS_open, 1)?;
    SeccompFilter::new(
        rules,
        SeccompAction::Errno(libc::EPERM.unsigned_abs()),
        SeccompAction::Allow,
        std::env::consts::ARCH.try_into()?,
    )?
    .try_into()
}
