/** The manifests of the main incident's service as somebody keeps them: with comments, a placeholder and their own order. */
export const MAIN_FOLDER = {
  "data-service/deployment.yaml": `# data-service: owned by the data team, see the runbook
apiVersion: v1
kind: ConfigMap
metadata:
  name: data-service-gunicorn
data:
  gunicorn.conf.py: |
    bind = "0.0.0.0:8000"
    workers = 1
    worker_class = "uvicorn.workers.UvicornWorker"
    timeout = 120
    keepalive = 75
    graceful_timeout = 30
    accesslog = "-"
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: data-service
  namespace: default   # one cluster, one namespace
spec:
  replicas: 4          # the autoscaler has the last word
  selector:
    matchLabels: {app: data-service}
  template:
    metadata:
      labels: {app: data-service}
    spec:
      serviceAccountName: data-service

      # one container; the mesh injects its own
      containers:
      - name: data-service
        image: "111122223333.dkr.ecr.eu-west-2.amazonaws.com/data-service:$TAG"
        command: [gunicorn]
        args: ["-c", "/etc/gunicorn/gunicorn.conf.py", 'app.main:app']
        env:
        - name: LOG_LEVEL
          value: 'info'
        ports:
        - containerPort: 8000
        resources:
          requests:
            cpu: 1200m      # measured in May
            memory: "3Gi"
          limits:
            cpu: 1.5
            memory: 6Gi
        volumeMounts:
        - { name: config, mountPath: /etc/gunicorn }
      volumes:
      - name: config
        configMap:
          name: data-service-gunicorn
`,
  "data-service/hpa.yaml": `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
    name: data-service
    namespace: default
spec:
    scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: data-service}
    minReplicas: 4
    maxReplicas: 7 # budget
    metrics:
        # only CPU for now
        - type: Resource
          resource:
              name: cpu
              target:
                  type: Utilization
                  averageUtilization: 80 # percent of the request
`,
  "data-service/kustomization.yaml": "resources: [deployment.yaml, hpa.yaml]\n",
  "chart/templates/ingress.yaml": "kind: Ingress\nmetadata:\n  name: {{ .Release.Name }}\n",
  "broken.yaml": "kind: [Deployment\n",
};
