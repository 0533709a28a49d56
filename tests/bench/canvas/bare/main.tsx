/**
 * The yardstick of the canvas benchmark: React Flow as its guide shows it, with its own nodes and edges and nothing else.
 * Reads the graph from `graph.json` beside the page.
 */
import '@xyflow/react/dist/style.css';
import './main.css';
import { ReactFlow, useEdgesState, useNodesState, type Edge, type Node } from '@xyflow/react';
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';

interface Graph { readonly nodes: Node[]; readonly edges: Edge[] }

function Bare({ graph }: { readonly graph: Graph }): ReactElement {
  const [nodes, , onNodesChange] = useNodesState(graph.nodes);
  const [edges, , onEdgesChange] = useEdgesState(graph.edges);
  return <ReactFlow nodes={nodes} edges={edges} onNodesChange={onNodesChange} onEdgesChange={onEdgesChange} minZoom={0.1} snapToGrid snapGrid={[8, 8]} fitView fitViewOptions={{ padding: 0.12, maxZoom: 1 }} />;
}

const root = document.getElementById('root');
const graph = (await (await fetch(`graph.json${location.search}`)).json()) as Graph;
if (root) createRoot(root).render(<Bare graph={graph} />);
