# What .ci/run runs, step by step.
all: fmt clippy test docs

fmt:
    cargo fmt --all --check

clippy:
    cargo clippy --workspace --all-targets --locked -- -D warnings

test:
    cargo test --locked

docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked

bench:
    cargo bench --locked

# Every export, read back by the program it is for; installs them, pinned, below target/.
consumers:
    cargo build --locked --features parquet
    tests/consumers/run.sh
