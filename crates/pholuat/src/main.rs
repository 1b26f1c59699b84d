//! `pholuat`: one binary that imports, serves, searches, checks and keeps safe.

mod commands;
mod compose;
mod config;
mod heads;
mod help;
mod illustrate;
mod portable;
mod recognise;
mod sandbox;
mod serve;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Pages and searches make many short-lived values on several threads; with this allocator the service
/// holds less and answers more than with the one of the system (docs/search.md tells by how much).
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Phổ Luật: đưa pháp luật đến mọi người.
#[derive(Debug, Parser)]
#[command(name = "pholuat", version, about, disable_help_subcommand = true)]
struct Cli {
    /// Tệp cấu hình (mặc định: pholuat.toml trong thư mục dữ liệu, nếu có)
    #[arg(long, global = true, value_name = "TỆP")]
    config: Option<PathBuf>,
    /// Thư mục dữ liệu
    #[arg(long, global = true, value_name = "THƯ MỤC")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Chạy cổng thông tin
    Serve,
    /// Nhập văn bản từ tệp, thư mục, tệp nén hoặc JSON lines
    Import(commands::import::Arguments),
    /// Nhận dạng chữ của các bản quét đang chờ
    Recognise(commands::recognise::Arguments),
    /// Xem các bản gốc của một văn bản và chỗ khác nhau giữa chúng
    Originals(commands::originals::Arguments),
    /// Đọc thử một tệp và in cấu trúc, không cần cơ sở dữ liệu
    Inspect(commands::inspect::Arguments),
    /// Nạp một tỉnh minh họa vào cổng còn trống
    Illustrate(commands::illustrate::Arguments),
    /// Tìm trong các văn bản
    Search(commands::search::Arguments),
    /// Đo chất lượng tìm kiếm
    Eval(commands::eval::Arguments),
    /// Đơn vị: nhập, liệt kê, xem, thêm loại
    Units(commands::units::Arguments),
    /// Xuất văn bản ra tệp
    Export(commands::export::Arguments),
    /// Kiểm tra toàn vẹn cơ sở dữ liệu, tệp gốc và chỉ mục
    Check(commands::check::Arguments),
    /// Sao lưu toàn bộ vào một tệp
    Backup(commands::backup::Arguments),
    /// Khôi phục một bản sao lưu vào nơi còn trống
    Restore(commands::restore::Arguments),
    /// Người dùng của cổng
    People(commands::people::Arguments),
    /// Nhật ký kiểm toán: kiểm tra, in mốc
    Audit(commands::audit::Arguments),
    /// Xem cấu hình đang dùng
    Config(commands::config::Arguments),
    /// Tiến trình con đọc tệp (nội bộ)
    #[command(hide = true)]
    ParseWorker {
        #[arg(long, default_value_t = 256)]
        memory_mb: u32,
        /// Thử xem lồng an toàn có kín không
        #[arg(long)]
        probe: bool,
    },
    /// Chạy một chương trình khác trong lồng an toàn (nội bộ)
    #[command(hide = true)]
    Confine {
        #[arg(long)]
        memory_mb: u32,
        #[arg(long)]
        cpu_seconds: u32,
        program: OsString,
        #[arg(last = false, allow_hyphen_values = true, trailing_var_arg = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    let cli: Cli = match help::parse() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    // Before anything else, a thread above all: the worker locks itself in.
    if let Command::ParseWorker { memory_mb, probe } = cli.command {
        return sandbox::worker::run(memory_mb, probe);
    }
    if let Command::Confine {
        memory_mb,
        cpu_seconds,
        program,
        arguments,
    } = &cli.command
    {
        return sandbox::confine::run(*memory_mb, *cpu_seconds, program, arguments);
    }
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let load = || config::load(cli.config.as_deref(), cli.data.as_deref());
    if let Command::Config(arguments) = &cli.command {
        return commands::config::run(arguments, load);
    }
    let config = load()?;
    if !matches!(cli.command, Command::Serve) {
        // A command answers on standard output; its log says only what went wrong.
        let level = "warn".to_owned();
        serve::init_logs(&config::LogConfig {
            level,
            ..config.log.clone()
        });
    }
    let threads = config.server.threads as usize;
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    if threads > 0 {
        runtime.worker_threads(threads);
    }
    let runtime = runtime.enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve => serve::run(config).await,
            Command::Import(arguments) => commands::import::run(&config, &arguments).await,
            Command::Recognise(arguments) => commands::recognise::run(&config, &arguments).await,
            Command::Originals(arguments) => commands::originals::run(&config, &arguments).await,
            Command::Inspect(arguments) => commands::inspect::run(&config, &arguments).await,
            Command::Illustrate(_) => commands::illustrate::run(&config).await,
            Command::Search(arguments) => commands::search::run(&config, &arguments).await,
            Command::Eval(arguments) => commands::eval::run(&config, &arguments).await,
            Command::Units(arguments) => commands::units::run(&config, &arguments).await,
            Command::Export(arguments) => commands::export::run(&config, &arguments).await,
            Command::Check(arguments) => commands::check::run(&config, &arguments).await,
            Command::Backup(arguments) => commands::backup::run(&config, &arguments).await,
            Command::Restore(arguments) => commands::restore::run(&config, &arguments).await,
            Command::People(arguments) => commands::people::run(&config, &arguments).await,
            Command::Audit(arguments) => commands::audit::run(&config, &arguments).await,
            // Answered above.
            Command::Config(_) | Command::ParseWorker { .. } | Command::Confine { .. } => {
                Ok(ExitCode::SUCCESS)
            }
        }
    })
}
