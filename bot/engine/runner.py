"""Runs the graph of a model in a fixed order; Rasa's own runner plans it anew for every message."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.storage import ModelStorage

Component = TypeVar("Component")


class StraightRunner(DaskGraphRunner):
    """Rasa's nodes, called one after the other; a plan is made once for each set of targets."""

    def __init__(
        self,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> None:
        """Load the components, as Rasa does."""
        super().__init__(graph_schema, model_storage, execution_context, hooks)
        self._plans: dict[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The outputs of `targets`, given the outputs of the nodes that stand for the input."""
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._plans:
            self._plans[wanted] = self._plan(wanted)
        results: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._plans[wanted]:
            if name not in results:
                results[name] = self._instantiated_nodes[name](*(results.get(need, need) for need in needs))
        return {name: results[name][1] for name in wanted}

    def components(self, kind: type[Component]) -> list[Component]:
        """The components of that class; Rasa makes two of one that provides a model."""
        found = (node._component for node in self._instantiated_nodes.values())
        return [component for component in found if isinstance(component, kind)]

    def _plan(self, targets: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        needs = {name: tuple(node.needs.values()) for name, node in self._graph_schema.minimal_graph_schema(list(targets)).nodes.items()}
        order = TopologicalSorter(needs).static_order()
        return tuple((name, needs[name]) for name in order if name in needs)
