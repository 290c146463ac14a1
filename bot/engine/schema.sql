-- What the engine keeps: one bounded tracker a conversation, and the result of every turn so that no turn runs twice.
create schema engine;

create table engine.tracker (
    conversation_id text primary key,
    events jsonb not null,
    updated_at timestamptz not null default now()
);

create table engine.turn (
    message_id text primary key,
    conversation_id text not null,
    result jsonb not null,
    created_at timestamptz not null default now()
);

create index turn_conversation_id on engine.turn (conversation_id);
create index turn_created_at on engine.turn (created_at);
