//! What a worker gives up before it reads the first byte.

use std::collections::BTreeMap;
use std::io;

use nix::libc;
use nix::sys::prctl;
use nix::sys::resource::{Resource, setrlimit};
use nix::sys::signal::Signal;
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

/// Seconds of CPU that a worker may use in its whole life; the program replaces it long before.
const CPU_SECONDS: u64 = 900;
/// Address space beyond the data limit: the program's own code, shared libraries, stack.
const CODE_ALLOWANCE: u64 = 1 << 30;

/// The calls that reading needs: memory, the two pipes, time, ending. Everything else —
/// sockets, files, processes, threads, signals to others — fails with EPERM.
pub(super) const ALLOWED: &[libc::c_long] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_brk,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_getrusage,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_tgkill,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// Gives up everything. Must run before any thread is started and any input is read.
///
/// # Errors
/// What the kernel refuses; the worker must end then.
pub(super) fn enter(memory_bytes: u64) -> io::Result<()> {
    prctl::set_pdeathsig(Signal::SIGKILL)?;
    prctl::set_dumpable(false)?;
    let limit = |resource, value| setrlimit(resource, value, value);
    limit(Resource::RLIMIT_CORE, 0)?;
    limit(Resource::RLIMIT_NOFILE, 16)?;
    limit(Resource::RLIMIT_CPU, CPU_SECONDS)?;
    limit(Resource::RLIMIT_DATA, memory_bytes)?;
    limit(Resource::RLIMIT_AS, memory_bytes + CODE_ALLOWANCE)?;
    seccompiler::apply_filter(&filter().map_err(io::Error::other)?).map_err(io::Error::other)
}

fn filter() -> Result<BpfProgram, seccompiler::BackendError> {
    let rules: BTreeMap<i64, _> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    let denied = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    SeccompFilter::new(
        rules,
        denied,
        SeccompAction::Allow,
        std::env::consts::ARCH.try_into()?,
    )?
    .try_into()
}
